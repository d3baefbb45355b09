// Intent: coroutines hop between two threads through a queue with a lock.
// Primitive: coroutines resumed on other threads
// Libraries: libstdc++ libc++
// Expect: silent
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

class Executor {
 public:
  void post(std::coroutine_handle<> handle) {
    std::lock_guard<std::mutex> guard(mutex_);
    handles_.push_back(handle);
    changed_.notify_one();
  }
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return stop_ || !handles_.empty(); });
      if (handles_.empty()) return;
      std::coroutine_handle<> handle = handles_.front();
      handles_.pop_front();
      lock.unlock();
      handle.resume();
    }
  }
  void stop() {
    std::lock_guard<std::mutex> guard(mutex_);
    stop_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::coroutine_handle<>> handles_;
  bool stop_ = false;
};

struct MoveTo {
  Executor& executor;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> handle) { executor.post(handle); }
  void await_resume() {}
};

Task work(Executor& a, Executor& b, int rounds, long& result, int& left, Executor& end) {
  long sum = 0;
  for (int i = 0; i < rounds; ++i) {
    co_await MoveTo{a};
    sum += i;
    co_await MoveTo{b};
    sum *= 3;
    sum %= 1000003;
  }
  co_await MoveTo{end};
  result = sum;
  if (--left == 0) {
    a.stop();
    b.stop();
    end.stop();
  }
}

int main() {
  Executor a, b, end;
  long results[3];
  int left = 3;
  for (int i = 0; i < 3; ++i) work(a, b, 50 + i, results[i], left, end);
  std::thread first([&] { a.run(); }), second([&] { b.run(); });
  end.run();
  first.join();
  second.join();
  std::printf("%ld %ld %ld\n", results[0], results[1], results[2]);
}
