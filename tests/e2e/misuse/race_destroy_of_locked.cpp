// Intent: a mutex reaches the end of its life while another thread holds it. libc++ tells libc of this one.
// Expect: mutex misuse: destroy of a locked mutex on 'mutex' at DESTROY, LOCK
// Libraries: libc++
// Primitive: std::recursive_mutex, destroy of a locked mutex
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>

#include "invisible.h"

std::optional<std::recursive_mutex> mutex;
InvisibleTurns turns;

int main() {
  mutex.emplace();
  std::thread owner([] {
    mutex->lock();  // RACE-LOCK
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  });
  invisibleAwait(&turns, 1);
  mutex.reset();  // RACE-DESTROY
  invisiblePass(&turns);
  owner.join();
  std::printf("done\n");
}
