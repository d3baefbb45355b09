// Intent: what a thread leaves at its exit is seen by who waits for it: a promise, a packaged task and a notification at thread exit.
// Expect: silent
// Libraries: libstdc++ libc++
// Primitive: std::promise, std::packaged_task, std::condition_variable
#include <condition_variable>
#include <cstdio>
#include <future>
#include <mutex>
#include <thread>

int promised = 0, packaged = 0, notified = 0, destroyed = 0;

struct AtExit {
  ~AtExit() { destroyed += 1; }
};
thread_local AtExit atExit;

std::mutex mutex;
std::condition_variable changed;
bool isDone = false;

int main() {
  std::promise<int> promise;
  std::future<int> future = promise.get_future();
  std::thread one([&promise] {
    static_cast<void>(&atExit);
    promise.set_value_at_thread_exit(1);
    promised = 2;  // after the value, and before it can be had
  });
  int sum = future.get();
  sum += promised + destroyed;

  std::packaged_task<int(int)> task([](int value) { return value + 1; });
  std::future<int> result = task.get_future();
  std::thread two([&task] {
    task.make_ready_at_thread_exit(3);
    packaged = 5;
  });
  sum += result.get() + packaged;

  std::thread three([] {
    std::unique_lock<std::mutex> lock(mutex);
    isDone = true;
    std::notify_all_at_thread_exit(changed, std::move(lock));
    notified = 6;  // still under the mutex
  });
  {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [] { return isDone; });
    sum += notified;
  }
  one.join();
  two.join();
  three.join();
  std::printf("%d\n", sum);
}
