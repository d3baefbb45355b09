// Intent: two threads wait for one condition_variable at the same time, each with a mutex of its own.
// Expect: condition used with two mutexes on 'changed' at LATER, EARLIER
// Libraries: libstdc++ libc++
// Primitive: std::condition_variable, wait with two mutexes
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex one, other;
std::condition_variable changed;
InvisibleTurns turns;

int main() {
  std::thread earlier([] {
    std::unique_lock<std::mutex> lock(one);
    invisiblePass(&turns);
    changed.wait(lock);  // RACE-EARLIER
  });
  invisibleAwait(&turns, 1);
  one.lock();  // the first one sleeps
  one.unlock();
  std::thread later([] {
    std::unique_lock<std::mutex> lock(other);
    invisiblePass(&turns);
    changed.wait(lock);  // RACE-LATER
  });
  invisibleAwait(&turns, 2);
  other.lock();
  other.unlock();
  changed.notify_all();
  earlier.join();
  later.join();
  std::printf("done\n");
}
