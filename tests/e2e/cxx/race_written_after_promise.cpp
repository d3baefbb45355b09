// Intent: what is written after set_value is unordered with who gets the value.
// Primitive: std::promise, std::future
// Libraries: libstdc++ libc++
// Expect: data race on 'note' at WRITE, READ
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
    answer.set_value("a text that is longer than the small buffer");
    note = 5;  // RACE-WRITE
    failure.set_exception(std::make_exception_ptr(std::runtime_error("a reason of some length, on the heap")));
    invisiblePass(&turns);
  });
  std::string text = answer.get_future().get();
  invisibleAwait(&turns, 1);
  int seen = note;  // RACE-READ
  try {
    failure.get_future().get();
  } catch (const std::runtime_error& error) {
    text += error.what();
  }
  worker.join();
  std::printf("%s %d\n", text.c_str(), seen);
}
