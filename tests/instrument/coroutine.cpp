// Coroutines are split before the pass runs, at -O0 too: their bodies are checked.
// RUN: %clangxx -std=c++20 -O0 -g -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
// RUN: %clangxx -std=c++20 -O2 -g -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
#include <coroutine>
struct Task {
  struct promise_type {
    Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> handle;
};
int counter;
__attribute__((noinline)) Task work() {
  counter += 1;
  co_await std::suspend_always{};
  counter += 2;
}
int main() {
  Task task = work();
  task.handle.resume();
  task.handle.resume();
  task.handle.destroy();
  return counter - 3;
}
// CHECK: write4 4 kind={{3|18}} variable=counter field=- function=work
// CHECK: write4 4 kind={{3|18}} variable=counter field=- function=work
