// Intent: a coroutine hands its own handle out before it has stopped writing.
// Primitive: coroutines resumed on other threads
// Libraries: libstdc++ libc++
// Expect: data race on '*' at WRITE, READ
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
    waiting = handle;
    *local = 1;  // RACE-WRITE
  }
  void await_resume() {}
};

Task hop(int& result) {
  int local = 0;
  co_await Leave{&local};
  result = local;  // RACE-READ
}

int main() {
  int result = 0;
  std::coroutine_handle<>* handle = &waiting;
  std::thread other([&result] {
    hop(result);
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  void* frame;
  __asm__ volatile("movq %1, %0" : "=r"(frame) : "m"(*handle));
  std::coroutine_handle<>::from_address(frame).resume();
  other.join();
  std::printf("%d\n", result);
}
