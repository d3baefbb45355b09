// Who took or gave back a lock last, and where locks were destroyed: for reports of misuse.
#ifndef SNAG_CORE_LOCK_USE_H
#define SNAG_CORE_LOCK_USE_H

#include "core/arena.h"
#include "core/types.h"

namespace snag {

// The last acquisition of a lock while it is held, its last release afterwards.
struct LockUse {
  uint32_t record = 0;  // number of the ThreadRecord in its pool; 0: nothing is known
  uint32_t thread = 0;  // ThreadRecord::number, because records are reused
  ContextId context = kNoContext;
  uint32_t holds = 0;  // how many threads hold it
};

// The locks destroyed last. Bounded: a newer one takes the place of an older one of the same hash. Thread-safe.
class DestroyedLocks {
 public:
  void remember(uintptr_t lock, const LockUse& by) {
    SpinGuard guard(lock_);
    entries_[indexOf(lock)] = {lock, by};
  }
  bool find(uintptr_t lock, LockUse* by) {
    SpinGuard guard(lock_);
    const Entry& entry = entries_[indexOf(lock)];
    *by = entry.by;
    return entry.lock == lock;
  }

 private:
  static constexpr size_t kEntries = 2048;
  struct Entry {
    uintptr_t lock = 0;
    LockUse by;
  };
  static size_t indexOf(uintptr_t lock) { return ((lock >> 2) * 0x9e37'79b9'7f4a'7c15) >> 53; }

  SpinLock lock_;  // protects the entries
  Entry entries_[kEntries];
};

}  // namespace snag

#endif  // SNAG_CORE_LOCK_USE_H
