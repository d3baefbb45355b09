// The locks a thread holds, and their interned sets.
#ifndef SNAG_CORE_HELD_LOCKS_H
#define SNAG_CORE_HELD_LOCKS_H

#include <boost/container/small_vector.hpp>

#include "core/arena.h"
#include "core/indexed_pool.h"
#include "core/lock_steps.h"
#include "core/reserved_array.h"
#include "core/types.h"

namespace snag {

struct HeldLock {
  uintptr_t lock;
  LockMode mode;
  ContextId taken;

  friend bool operator==(const HeldLock&, const HeldLock&) = default;
};

// A set that has yet to be interned.
inline constexpr LockSetId kUnknownLocks{~0u};

// Interned, immutable lock sets; thread-safe; they live as long as the table.
class LockSetTable {
 public:
  LockSetTable() : sets_(1 << 24) {}
  ~LockSetTable();
  // kNoLocks for an empty set, or when the table is full.
  LockSetId intern(const HeldLock* locks, uint32_t count);
  const HeldLock* get(LockSetId id, size_t* count) const;

 private:
  struct Set {
    uint32_t count, next;
    HeldLock* locks;
  };
  static constexpr uint32_t kBuckets = 1 << 20;
  uint32_t find(uint32_t first, const HeldLock* locks, uint32_t count) const;

  SpinLock lock_;  // held by who adds a set
  IndexedPool<Set> sets_;
  const ReservedArray<std::atomic<uint32_t>> buckets_{kBuckets};  // the first of each chain
};

// One thread's held locks, in the order in which they were taken. Used by that thread only.
class HeldLocks {
 public:
  // `alone` is the set of this lock only, if that is known already.
  void add(const HeldLock& lock, LockSetId alone = kUnknownLocks) {
    const LockSetId set = locks_.empty() ? alone : kUnknownLocks;
    locks_.push_back({lock, set});
    id_ = set;
  }
  // The most recent hold of that lock, if any. Returns what it was, with the set of it alone if that is known.
  struct Hold {
    HeldLock lock;
    LockSetId set;  // it and those taken before, or kUnknownLocks
  };
  Hold remove(uintptr_t lock) {
    if (SNAG_UNLIKELY(locks_.empty() || locks_.back().lock.lock != lock)) return removeEarlier(lock);
    Hold removed = locks_.back();
    locks_.pop_back();
    id_ = locks_.empty() ? kNoLocks : locks_.back().set;
    if (!locks_.empty()) removed.set = kUnknownLocks;
    return removed;
  }
  void clear() {
    locks_.clear();
    id_ = kNoLocks;
  }
  // The present set, interned if it is not known.
  LockSetId id(LockSetTable& table) { return SNAG_LIKELY(id_ != kUnknownLocks) ? id_ : intern(table); }
  // Whether the present set is the one that the thread's log said last.
  bool isLogged() const { return id_ == logged_; }
  void noteLogged(LockSetId set) { logged_ = set; }
  size_t count() const { return locks_.size(); }
  const HeldLock& at(size_t index) const { return locks_[index].lock; }
  // The most recent hold of that lock; null if there is none.
  const HeldLock* find(uintptr_t lock) const;
  LockSteps& steps() { return steps_; }

 private:
  SNAG_RARE LockSetId intern(LockSetTable& table);
  LockSetId internFirst(LockSetTable& table);
  LockSetId internBoth(LockSetTable& table, LockSetId before, size_t index);
  Hold removeEarlier(uintptr_t lock);

  boost::container::small_vector<Hold, 4, ArenaAllocator<Hold>> locks_;
  LockSetId id_ = kNoLocks;  // the last one's set
  static constexpr size_t kRemembered = 32;
  LockSetId remembered_[kRemembered] = {};  // sets of one lock that were interned before, by hash
  LockSetId logged_ = kNoLocks;             // never kUnknownLocks
  LockSteps steps_;
};

}  // namespace snag

#endif  // SNAG_CORE_HELD_LOCKS_H
