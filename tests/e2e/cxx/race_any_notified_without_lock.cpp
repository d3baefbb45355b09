// Intent: a notification of a condition_variable_any orders nothing: the writer did not hold the lock.
// Primitive: std::condition_variable_any
// Libraries: libstdc++ libc++-static
// Expect: data race on 'ready' at WRITE, READ
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
    changed.wait_for(lock, 5ms);
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
    if (ready == 0) std::puts("not yet");  // RACE-READ
    changed.wait(lock, stop, [] { return ready == 2; });
  });
  invisibleAwait(&turns, 1);
  ready = 1;  // RACE-WRITE
  invisiblePass(&turns);
  waiter.request_stop();
  waiter.join();
  std::printf("%d\n", ready);
}
