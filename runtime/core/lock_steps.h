// A thread's memory of the steps in which it took locks: this lock, here, while it held those. The usual answer to what
// it holds then, and to whether it has asked for the lock in that order before, without the tables that all threads
// share.
#ifndef SNAG_CORE_LOCK_STEPS_H
#define SNAG_CORE_LOCK_STEPS_H

#include "core/arena.h"
#include "core/check.h"
#include "core/types.h"

namespace snag {

struct LockStep {
  uint64_t lock = 0;  // and the mode, above the bits of an address
  LockSetId held = kNoLocks;
  ContextId context = kNoContext;
  LockSetId with = kNoLocks;  // `held` and the lock; kNoLocks: not yet known
  uint32_t asked = 0;         // what `askedBefore` was told last, 0 if it was never asked

  bool is(uint64_t otherLock, LockSetId otherHeld, ContextId otherContext) const {
    return lock == otherLock && held == otherHeld && context == otherContext;
  }
  // True if it was asked the same before; remembers it. `when` tells apart what would be a new request.
  bool askedBefore(uint32_t when) {
    const uint32_t now = when << 1 | 1;
    if (asked == now) return true;
    asked = now;
    return false;
  }
};

// Bounded: of three that share two places, the one that was added first goes. It grows with the number of steps.
class LockSteps {
 public:
  LockSteps() = default;
  ~LockSteps() { arena().deallocate(steps_, bytes()); }
  LockSteps(const LockSteps&) = delete;
  LockSteps& operator=(const LockSteps&) = delete;

  // The step, a new one if it is not remembered; valid until the next call.
  LockStep& of(uintptr_t lock, LockMode mode, LockSetId held, ContextId context) {
    const uint64_t key = lock | uint64_t(mode) << kModeShift;
    if (SNAG_LIKELY(steps_ != nullptr)) {
      const size_t index = indexOf(key, held, context);
      if (SNAG_LIKELY(steps_[index].is(key, held, context))) return steps_[index];
      if (steps_[index ^ 1].is(key, held, context)) return steps_[index ^ 1];
    }
    return replace(key, held, context);
  }

 private:
  static constexpr unsigned kModeShift = 60, kSmallestLog = 6, kLargestLog = 13;

  size_t indexOf(uint64_t key, LockSetId held, ContextId context) const {
    uint64_t hash = (key ^ uint64_t{raw(held)} << 36) * 0x9e37'79b9'7f4a'7c15;
    hash = (hash ^ hash >> 32 ^ raw(context)) * 0xbf58'476d'1ce4'e5b9;
    return hash >> (64 - log_);
  }
  size_t bytes() const { return log_ != 0 ? sizeof(LockStep) << log_ : 0; }
  LockStep& replace(uint64_t key, LockSetId held, ContextId context);
  void grow();
  void put(const LockStep& step);

  LockStep* steps_ = nullptr;  // made when a lock is first asked for while another is held
  unsigned log_ = 0;           // how many there are, as a power of two
  uint32_t displaced_ = 0;     // since it grew: steps that took the place of another
};

}  // namespace snag

#endif  // SNAG_CORE_LOCK_STEPS_H
