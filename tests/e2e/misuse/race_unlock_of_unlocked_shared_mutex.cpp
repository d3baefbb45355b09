// Intent: shared mutexes are unlocked once more often than they were locked, by writers and by readers.
// Expect: mutex misuse: unlock of an unlocked mutex on 'written' at WRITTEN-AGAIN, WRITTEN-LAST
// Expect: mutex misuse: unlock of an unlocked mutex on 'shared' at SHARED-AGAIN, SHARED-LAST
// Expect: mutex misuse: unlock of an unlocked mutex on 'timed' at TIMED-AGAIN, TIMED-LAST
// Expect: mutex misuse: unlock of an unlocked mutex on 'sharedTimed' at SHARED-TIMED-AGAIN, SHARED-TIMED-LAST
// Libraries: libstdc++ libc++ libc++-static
// Primitive: std::shared_mutex, std::shared_timed_mutex, unlock of an unlocked mutex
#include <cstdio>
#include <shared_mutex>

std::shared_mutex written, shared;
std::shared_timed_mutex timed, sharedTimed;

int main() {
  written.lock();
  written.unlock();             // RACE-WRITTEN-LAST
  written.unlock();             // RACE-WRITTEN-AGAIN
  shared.lock_shared();
  shared.unlock_shared();       // RACE-SHARED-LAST
  shared.unlock_shared();       // RACE-SHARED-AGAIN
  timed.lock();
  timed.unlock();               // RACE-TIMED-LAST
  timed.unlock();               // RACE-TIMED-AGAIN
  sharedTimed.lock_shared();
  sharedTimed.unlock_shared();  // RACE-SHARED-TIMED-LAST
  sharedTimed.unlock_shared();  // RACE-SHARED-TIMED-AGAIN
  std::printf("done\n");
}
