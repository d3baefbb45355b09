// Intent: a condition_variable reaches the end of its life while a thread waits for it.
// Expect: destroy of an object in use on '*' at DESTROY, WAIT
// Libraries: libstdc++ libc++
// Primitive: std::condition_variable, destroy of a condition in use
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>

#include "invisible.h"

std::mutex mutex;
std::optional<std::condition_variable> changed;
InvisibleTurns turns;

int main() {
  changed.emplace();
  std::thread waiter([] {
    std::unique_lock<std::mutex> lock(mutex);
    invisiblePass(&turns);
    changed->wait_for(lock, std::chrono::milliseconds(500));  // RACE-WAIT
  });
  invisibleAwait(&turns, 1);
  mutex.lock();  // it sleeps
  mutex.unlock();
  changed.reset();  // RACE-DESTROY
  waiter.join();
  std::printf("done\n");
}
