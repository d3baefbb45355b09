// Intent: a notification orders nothing: the writer did not hold the mutex.
// Primitive: std::condition_variable, static linking
// Libraries: libstdc++ libc++
// Expect: data race on 'ready' at WRITE, READ
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
    invisiblePass(&turns);
    changed.wait_for(lock, 20ms);
    invisibleAwait(&turns, 2);
    if (ready == 0) std::puts("not yet");  // RACE-READ
  });
  invisibleAwait(&turns, 1);
  ready = 1;  // RACE-WRITE
  changed.notify_one();
  invisiblePass(&turns);
  waiter.join();
  std::printf("%d\n", ready);
}
