// Who waits for which condition variable with which mutex: for reports of misuse only.
#ifndef SNAG_INTERCEPTORS_CONDITION_WAITERS_H
#define SNAG_INTERCEPTORS_CONDITION_WAITERS_H

#include <atomic>

#include "core/misuse.h"
#include "core/spin_lock.h"

namespace snag {

struct ConditionWaiter {
  uintptr_t mutex = 0;
  const ThreadRecord* thread = nullptr;
  ContextId context = kNoContext;
};

// Counts waiters as blocked from the call of wait to the signal that wakes them; a signal that wakes nobody because the
// waiter is not yet asleep is counted too. So it may think that fewer are blocked than there are, never more.
// Thread-safe. Memory from the arena.
class ConditionWaiters {
 public:
  // A thread begins to wait. True and *other set if somebody is blocked with another mutex.
  bool enter(uintptr_t condition, const ConditionWaiter& waiter, ConditionWaiter* other);
  void leave(uintptr_t condition);
  void signalled(uintptr_t condition, bool all);
  // True and *one set if somebody is blocked.
  bool isAwaited(uintptr_t condition, ConditionWaiter* one);

  // Around fork(): nobody waits in the child.
  void beforeFork() { lock_.lock(); }
  void afterForkInParent() { lock_.unlock(); }
  void afterForkInChild();

 private:
  struct Entry {
    uintptr_t condition;
    ConditionWaiter first;  // of those that are blocked; any of them once it has gone
    uint32_t blocked, woken;
    Entry* next;
  };
  static constexpr size_t kBuckets = 1024;
  Entry*& bucket(uintptr_t condition) { return buckets_[(condition >> 4) % kBuckets]; }
  Entry* find(uintptr_t condition);

  SpinLock lock_;  // protects the rest
  Entry* buckets_[kBuckets] = {};
};

ConditionWaiters& conditionWaiters();

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_CONDITION_WAITERS_H
