// Intent: objects with virtual functions are made in one thread, used in another after a lock, and destroyed in a third.
// Expect: silent
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

struct Shape {
  virtual ~Shape() = default;
  virtual int area() const = 0;
};

struct Square : Shape {
  explicit Square(int side) : side(side) {}
  int area() const override { return side * side; }
  int side;
};

struct Named : Square {
  using Square::Square;
  int area() const override { return Square::area() + 1; }
};

int main() {
  std::vector<std::unique_ptr<Shape>> shapes;
  std::thread maker([&shapes] {
    for (int i = 0; i < 50; ++i) {
      if (i % 2) shapes.push_back(std::make_unique<Square>(i));
      else shapes.push_back(std::make_unique<Named>(i));
    }
  });
  maker.join();
  long sums[2] = {};
  auto sumUp = [&shapes](long* sum) {
    for (const auto& shape : shapes) *sum += shape->area();
  };
  std::thread first(sumUp, &sums[0]), second(sumUp, &sums[1]);
  first.join();
  second.join();
  std::thread destroyer([&shapes] { shapes.clear(); });
  destroyer.join();
  std::printf("%ld %ld %zu\n", sums[0], sums[1], shapes.size());
}
