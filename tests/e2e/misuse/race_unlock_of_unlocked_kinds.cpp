// Intent: a timed_mutex and a shared_mutex are unlocked once more often than they were locked.
// Expect: mutex misuse: unlock of an unlocked mutex on 'timed' at TIMED-AGAIN, TIMED-LAST
// Expect: mutex misuse: unlock of an unlocked mutex on 'table' at TABLE-AGAIN, TABLE-LAST
// Libraries: libstdc++ libc++
// Primitive: std::timed_mutex, std::shared_mutex, unlock of an unlocked mutex
#include <cstdio>
#include <mutex>
#include <shared_mutex>

std::timed_mutex timed;
std::shared_mutex table;

int main() {
  if (!timed.try_lock()) return 1;
  timed.unlock();  // RACE-TIMED-LAST
  timed.unlock();  // RACE-TIMED-AGAIN
  table.lock();
  table.unlock();  // RACE-TABLE-LAST
  table.unlock();  // RACE-TABLE-AGAIN
  std::printf("done\n");
}
