// Intent: a condition_variable_any over a shared_mutex, with a stop token too.
// Primitive: std::condition_variable_any
// Libraries: libstdc++ libc++-static
// Expect: silent
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <shared_mutex>
#include <stop_token>
#include <thread>

#include "invisible.h"

using namespace std::chrono_literals;

std::shared_mutex mutex;
std::condition_variable_any changed;
int ready = 0;
InvisibleTurns turns;

int main() {
  std::jthread waiter([](std::stop_token stop) {
    std::shared_lock<std::shared_mutex> lock(mutex);
    changed.wait(lock, [] { return ready == 1; });
    invisiblePass(&turns);
    changed.wait(lock, stop, [] { return ready == 2; });
    if (ready == 2) std::puts("never");
  });
  {
    std::unique_lock<std::shared_mutex> guard(mutex);
    ready = 1;
  }
  changed.notify_all();
  invisibleAwait(&turns, 1);
  waiter.request_stop();
  waiter.join();
  std::printf("%d\n", ready);
}
