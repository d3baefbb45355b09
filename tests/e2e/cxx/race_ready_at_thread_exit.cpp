// Intent: what threads leave for their exit is read before the wait for it.
// Expect: data race on 'promised' at WRITE-PROMISED, READ-PROMISED
// Expect: data race on 'packaged' at WRITE-PACKAGED, READ-PACKAGED
// Expect: data race on 'notified' at WRITE-NOTIFIED, READ-NOTIFIED
// Libraries: libstdc++ libc++
// Primitive: std::promise, std::packaged_task, std::condition_variable
#include <condition_variable>
#include <cstdio>
#include <future>
#include <mutex>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
int promised = 0, packaged = 0, notified = 0;

std::mutex mutex;
std::condition_variable changed;
bool isDone = false;

int main() {
  std::promise<int> promise;
  std::future<int> future = promise.get_future();
  std::thread one([&promise] {
    promise.set_value_at_thread_exit(1);
    promised = 2;  // RACE-WRITE-PROMISED
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  int sum = promised;  // RACE-READ-PROMISED
  sum += future.get();

  std::packaged_task<int(int)> task([](int value) { return value + 1; });
  std::future<int> result = task.get_future();
  std::thread two([&task] {
    task.make_ready_at_thread_exit(3);
    packaged = 5;  // RACE-WRITE-PACKAGED
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 2);
  sum += packaged;  // RACE-READ-PACKAGED
  sum += result.get();

  std::thread three([] {
    std::unique_lock<std::mutex> lock(mutex);
    isDone = true;
    std::notify_all_at_thread_exit(changed, std::move(lock));
    notified = 6;  // RACE-WRITE-NOTIFIED
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 3);
  sum += notified;  // RACE-READ-NOTIFIED
  {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [] { return isDone; });
  }
  one.join();
  two.join();
  three.join();
  std::printf("%d\n", sum);
}
