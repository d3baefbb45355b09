// An instrumented program computes what the plain one computes: exceptions, virtual calls, recursion, containers,
// atomics of every width, long doubles, vectors.
// RUN: %clangxx -O2 %s -o %t.plain -latomic && %t.plain > %t.expected
// RUN: for o in "-O0" "-O1 -g" "-O2 -g" "-O3 -mavx2 -mfma" "-Os -fPIC"; do \
// RUN:   %clangxx $o -fpass-plugin=%plugin %s %runtime -o %t -latomic && %t > %t.got && cmp %t.expected %t.got || exit 1; done
// RUN: %FileCheck %s < %t.expected
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

struct Shape {
  virtual ~Shape() = default;
  virtual double area() const = 0;
};
struct Square : Shape {
  explicit Square(double side) : side(side) {}
  double area() const override { return side * side; }
  double side;
};
struct Big { long a, b, c; };
struct Bits { unsigned one : 3, two : 7, three : 22; };

static long fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

static int thrower(int depth) {
  std::string onStack(depth, 'x');
  if (depth == 0)
    throw std::runtime_error("bottom");
  return thrower(depth - 1) + onStack.size();
}

int main() {
  std::vector<std::unique_ptr<Shape>> shapes;
  for (int i = 0; i < 10; ++i)
    shapes.push_back(std::make_unique<Square>(i));
  double sum = 0;
  for (auto &shape : shapes)
    sum += shape->area();

  std::map<std::string, int> words;
  for (const char *word : {"a", "b", "a", "c", "a"})
    ++words[word];

  int caught = 0;
  try {
    thrower(20);
  } catch (const std::exception &error) {
    caught = std::string(error.what()).size();
  }

  std::atomic<Big> big{{1, 2, 3}};
  Big expected{1, 2, 3};
  bool exchanged = big.compare_exchange_strong(expected, Big{4, 5, 6});
  std::atomic<int> total{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&total, i] { total.fetch_add(i + 1); });
  for (auto &thread : threads)
    thread.join();

  Bits bits{1, 2, 3};
  bits.two += 5;
  bits.three ^= 9;
  long double wide = 1.25L;
  wide *= 3;
  std::vector<float> many(1000);
  for (size_t i = 0; i < many.size(); ++i)
    many[i] = (i * 7919) % 1000;
  std::sort(many.begin(), many.end());
  float dot = 0;
  for (size_t i = 0; i + 1 < many.size(); ++i)
    dot += many[i] < 500 ? many[i] : -many[i + 1];

  // CHECK: 285.0 3 6 55 1 6 10 7 10 3.75 {{.*}}
  std::printf("%.1f %d %d %ld %d %ld %d %u %u %.2Lf %.1f\n", sum, words["a"], caught, fibonacci(10), exchanged, big.load().c,
              total.load(), bits.two, bits.three, wide, dot);
}
