// Intent: the thread that drops the last exception_ptr destroys an object that the others have read.
// Primitive: std::exception_ptr
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <exception>
#include <thread>

#include "invisible.h"

struct Failure {
  int code;
  ~Failure() { code = -1; }
};

InvisibleTurns turns;

int main() {
  int codes[4] = {};
  std::exception_ptr made = std::make_exception_ptr(Failure{3}), thrown;
  try {
    throw Failure{4};
  } catch (...) {
    thrown = std::current_exception();
  }
  auto read = [&codes](std::exception_ptr error, int slot) {
    try {
      std::rethrow_exception(error);
    } catch (const Failure& failure) {
      codes[slot] = failure.code;
    }
  };
  std::thread first([&, made = made, thrown = thrown]() mutable {
    read(std::move(made), 0);
    read(std::move(thrown), 1);
    invisiblePass(&turns);
  });
  made = nullptr;
  std::thread second([&, thrown = std::move(thrown)]() mutable {
    invisibleAwait(&turns, 1);
    read(std::move(thrown), 2);
  });
  first.join();
  second.join();
  std::printf("%d %d %d\n", codes[0], codes[1], codes[2]);
}
