// Intent: shared mutexes are deleted while another thread holds them, for writing and for reading.
// Expect: mutex misuse: free of a locked mutex on '*' at FREE-WRITTEN, LOCK
// Expect: mutex misuse: free of a locked mutex on '*' at FREE-READ, LOCK-SHARED
// Allow: * on '*' at FREE-WRITTEN, LOCK
// Allow: * on '*' at FREE-READ, LOCK-SHARED
// Libraries: libstdc++ libc++
// Primitive: std::shared_mutex, std::shared_timed_mutex, free of a locked mutex
#include <cstdio>
#include <shared_mutex>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;

int main() {
  auto* written = new std::shared_mutex;
  auto* read = new std::shared_timed_mutex;
  std::thread owner([written, read] {
    written->lock();      // RACE-LOCK
    read->lock_shared();  // RACE-LOCK-SHARED
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  });
  invisibleAwait(&turns, 1);
  delete written;  // RACE-FREE-WRITTEN
  delete read;     // RACE-FREE-READ
  invisiblePass(&turns);
  owner.join();
  std::printf("done\n");
}
