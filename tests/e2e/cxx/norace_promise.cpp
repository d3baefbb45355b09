// Intent: promise and future carry a value and what was written before; exceptions too.
// Primitive: std::promise, std::future
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>

#include "invisible.h"

int note = 0;
InvisibleTurns turns;

int main() {
  std::promise<std::string> answer;
  std::promise<void> failure;
  std::thread worker([&] {
    note = 5;
    answer.set_value("a text that is longer than the small buffer");
    failure.set_exception(std::make_exception_ptr(std::runtime_error("a reason of some length, on the heap")));
    invisiblePass(&turns);
  });
  std::string text = answer.get_future().get();
  invisibleAwait(&turns, 1);
  int seen = note;
  try {
    failure.get_future().get();
  } catch (const std::runtime_error& error) {
    text += error.what();
  }
  worker.join();
  std::printf("%s %d\n", text.c_str(), seen);
}
