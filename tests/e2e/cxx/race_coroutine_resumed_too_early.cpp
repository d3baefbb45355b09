// Intent: a coroutine hands its own handle out before it has stopped writing.
// Primitive: coroutines resumed on other threads
// Libraries: libstdc++ libc++
// Expect: data race on '*' at FRAME, FRAME
// Allow: data race|lost update|heap-use-after-free race on '*' at FRAME, FRAME
#include <condition_variable>
#include <coroutine>
#include <cstdio>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "invisible.h"

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

InvisibleTurns turns;
std::coroutine_handle<> waiting;

// Publishes the handle through an invisible turn, and then still writes to the coroutine's frame.
struct Leave {
  int* local;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> handle) {
    waiting = handle;  // RACE-FRAME
    *local = 1;  // RACE-FRAME
  }
  void await_resume() {}
};

Task hop(int& result) {  // RACE-FRAME
  int local = 0;  // RACE-FRAME
  co_await Leave{&local};  // RACE-FRAME
  result = local;  // RACE-FRAME
}

int main() {
  int result = 0;
  std::coroutine_handle<>* handle = &waiting;
  std::thread other([&result] {
    hop(result);  // RACE-FRAME
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  void* frame;
  __asm__ volatile("movq %1, %0" : "=r"(frame) : "m"(*handle));
  std::coroutine_handle<>::from_address(frame).resume();  // RACE-FRAME
  other.join();
  std::printf("%d\n", result);
}
