// Intent: a thread makes a virtual call on an object whose destructor has begun.
// Expect: virtual call vs destructor race on '*' at DESTROY, CALL
// Libraries: libstdc++ libc++
// Primitive: virtual call vs destructor
#include <cstdio>
#include <new>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;

struct Base {
  virtual ~Base() {  // RACE-DESTROY
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  }
  virtual int answer() { return 1; }
};
struct Derived : Base {
  int answer() override { return 2; }
};

alignas(Derived) char storage[sizeof(Derived)];

__attribute__((noinline)) int ask(Base* object) {
  return object->answer();  // RACE-CALL
}

int main() {
  Base* object = new (storage) Derived;
  std::thread caller([object] {
    invisibleAwait(&turns, 1);
    std::printf("%d\n", ask(object));
    invisiblePass(&turns);
  });
  object->~Base();
  caller.join();
}
