// Intent: a condition_variable with every way of waiting.
// Primitive: std::condition_variable, static linking
// Libraries: libstdc++ libc++
// Expect: silent
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

using namespace std::chrono_literals;

std::mutex mutex;
std::condition_variable changed;
int ready = 0;
InvisibleTurns turns;

int main() {
  std::thread waiter([] {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [] { return ready == 1; });
    ready = 2;
    changed.notify_all();
    if (!changed.wait_for(lock, 60s, [] { return ready == 3; })) std::puts("too late");
    ready = 4;
    changed.notify_one();
  });
  {
    std::lock_guard<std::mutex> guard(mutex);
    ready = 1;
  }
  changed.notify_one();
  std::unique_lock<std::mutex> lock(mutex);
  if (!changed.wait_until(lock, std::chrono::system_clock::now() + 60s, [] { return ready == 2; })) return 1;
  ready = 3;
  changed.notify_one();
  while (ready != 4) changed.wait_until(lock, std::chrono::steady_clock::now() + 60s);
  lock.unlock();
  waiter.join();
  std::printf("%d\n", ready);
}
