// Before a thread goes to sleep for a lock, it looks for a while whether that is given back.
//
// Under Snag a critical section takes several times as long as without, so threads meet at locks that would be free
// when they come. To sleep and be woken takes them ten microseconds and more on a virtual machine, and who wakes them
// does so before it goes on; most critical sections end sooner.
#ifndef SNAG_INTERCEPTORS_LOCK_SPIN_H
#define SNAG_INTERCEPTORS_LOCK_SPIN_H

#include "core/check.h"
#include "core/spin_lock.h"

namespace snag {

// About as long as it takes to fall asleep: 2 to 3 us on a Zen 4. Whoever waits for a thread that does not run loses no
// more than that.
inline constexpr int kSpins = 100;

// A lock that is 0 while nobody has it.
inline bool isLocked(const int& lock) { return SNAG_UNLIKELY(__atomic_load_n(&lock, __ATOMIC_RELAXED) != 0); }

// Whether it was seen free; it may be taken again by now.
SNAG_RARE inline bool spinWhileLocked(const int& lock) {
  for (int i = 0; i < kSpins; ++i) {
    spinPause();
    if (!isLocked(lock)) return true;
  }
  return false;
}

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_LOCK_SPIN_H
