// What one side of a synchronisation leaves for the other where no address of the program stands for it: a task, a
// team's barrier, a call-back that a library will make.
#ifndef SNAG_INTERCEPTORS_OPENMP_SYNC_CLOCK_H
#define SNAG_INTERCEPTORS_OPENMP_SYNC_CLOCK_H

#include "core/spin_lock.h"
#include "core/vector_clock.h"
#include "runtime.h"

namespace snag {

// Thread-safe. Releases accumulate. Memory from the arena.
class SyncClock {
 public:
  // The calling thread learns what has been released so far.
  void acquire() {
    RuntimeScope scope;
    if (!scope) return;
    SpinGuard guard(lock_);
    if (!clock_.empty()) detector().acquireFrom(scope.thread(), clock_);
  }
  void release() {
    RuntimeScope scope;
    if (!scope) return;
    SpinGuard guard(lock_);
    detector().releaseTo(scope.thread(), clock_);
  }

 private:
  SpinLock lock_;  // protects clock_
  VectorClock clock_;
};

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_OPENMP_SYNC_CLOCK_H
