// Intent: the flag is set without the mutex that its waiter holds while it looks.
// Expect: data race on 'ready' at SET, LOOK
// Primitive: std::condition_variable
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex mutex;
std::condition_variable changed;
bool ready = false;
InvisibleTurns turns;

int main() {
  std::thread setter([] {
    ready = true;  // RACE-SET
    changed.notify_one();
    invisiblePass(&turns);
  });
  std::thread waiter([] {
    invisibleAwait(&turns, 1);
    std::unique_lock<std::mutex> lock(mutex);
    while (!ready) changed.wait(lock);  // RACE-LOOK
  });
  setter.join();
  waiter.join();
  std::printf("done\n");
}
