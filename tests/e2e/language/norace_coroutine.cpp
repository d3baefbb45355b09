// Intent: a coroutine is started in one thread and resumed in another after a join.
// Expect: silent
// Primitive: coroutines
#include <coroutine>
#include <cstdio>
#include <exception>
#include <thread>

struct Generator {
  struct promise_type {
    int value = 0;
    Generator get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int next) {
      value = next;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;
};

Generator countUp() {
  for (int i = 1;; ++i) co_yield i * i;
}

int main() {
  Generator squares = countUp();
  long sum = 0;
  for (int round = 0; round < 10; ++round) {
    std::thread([&squares, &sum] {
      squares.handle.resume();
      sum += squares.handle.promise().value;
    }).join();
  }
  squares.handle.destroy();
  std::printf("%ld\n", sum);
}
