// Intent: a condition_variable is destroyed right after the notification that wakes everybody, as the standard allows.
// Expect: silent
// Libraries: libstdc++ libc++
// Primitive: std::condition_variable, destroy of a condition in use
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "invisible.h"

std::mutex mutex;
std::optional<std::condition_variable> changed;
bool ready = false;
InvisibleTurns turns;

void await() {
  std::unique_lock<std::mutex> lock(mutex);
  invisiblePass(&turns);
  while (!ready) changed->wait(lock);
}

int main() {
  for (int i = 1; i <= 10; ++i) {
    changed.emplace();
    ready = false;
    std::thread one(await), two(await);
    invisibleAwait(&turns, 2 * i);
    {
      std::lock_guard<std::mutex> lock(mutex);  // both wait
      ready = true;
      changed->notify_all();
    }
    changed.reset();
    one.join();
    two.join();
  }
  std::printf("done\n");
}
