// Intent: the object is destroyed only after the thread that makes virtual calls on it has been joined.
// Expect: silent
// Libraries: libstdc++ libc++
// Primitive: virtual call vs destructor
#include <cstdio>
#include <memory>
#include <thread>

struct Base {
  virtual ~Base() = default;
  virtual int answer() { return 1; }
};
struct Derived : Base {
  int answer() override { return 2; }
};

__attribute__((noinline)) int ask(Base* object) { return object->answer(); }

int main() {
  std::unique_ptr<Base> object = std::make_unique<Derived>();
  std::thread caller([&object] { std::printf("%d\n", ask(object.get())); });
  caller.join();
}
