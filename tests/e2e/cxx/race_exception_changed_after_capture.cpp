// Intent: an exception object is changed after others have got it.
// Primitive: std::exception_ptr
// Libraries: libstdc++ libc++
// Expect: data race on '*' at WRITE, READ
#include <cstdio>
#include <exception>
#include <string>
#include <thread>

#include "invisible.h"

struct Failure {
  std::string text;
  int code;
  ~Failure() { code = -1; }
};

InvisibleTurns turns;

int look(std::exception_ptr error, int turn) {
  invisibleAwait(&turns, turn);
  int code = 0;
  try {
    std::rethrow_exception(error);
  } catch (const Failure& failure) {
    code = failure.code + static_cast<int>(failure.text.size());  // RACE-READ
  }
  error = nullptr;
  invisiblePass(&turns);
  return code;
}

int main() {
  int first = 0, second = 0;
    std::exception_ptr error;
    try {
      throw Failure{"a text that is longer than any small buffer is", 7};
    } catch (...) {
      error = std::current_exception();
    }
    std::thread one([error, &first]() mutable {
      std::exception_ptr mine = std::move(error);
      first = look(std::move(mine), 0);
    });
    std::thread two([error, &second]() mutable {
      std::exception_ptr mine = std::move(error);
      second = look(std::move(mine), 2);
    });
    try {
      std::rethrow_exception(error);
    } catch (Failure& failure) {
      invisibleAwait(&turns, 1);
      failure.code = 8;  // RACE-WRITE
      invisiblePass(&turns);
    }
    error = nullptr;
    one.join();
    two.join();
  std::printf("%d %d\n", first, second > 0);
}
