// The locks a thread holds, and their interned sets.
#ifndef SNAG_CORE_HELD_LOCKS_H
#define SNAG_CORE_HELD_LOCKS_H

#include <boost/container/small_vector.hpp>

#include "core/arena.h"
#include "core/indexed_pool.h"
#include "core/reserved_array.h"
#include "core/types.h"

namespace snag {

struct HeldLock {
  uintptr_t lock;
  LockMode mode;
  ContextId taken;

  friend bool operator==(const HeldLock&, const HeldLock&) = default;
};

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
  void add(const HeldLock& lock) {
    locks_.push_back(lock);
    change();
  }
  // The most recent hold of that lock, if any.
  void remove(uintptr_t lock);
  void clear() {
    locks_.clear();
    change();
  }
  // The present set; interned when it has changed since the last call.
  LockSetId id(LockSetTable& table) { return current_ ? id_ : intern(table); }
  // Whether the present set is the one that the thread's log said last.
  bool isLogged() const { return logged_; }
  void noteLogged(LockSetId set) { logged_ = current_ && set == id_; }
  size_t count() const { return locks_.size(); }
  const HeldLock& at(size_t index) const { return locks_[index]; }
  // The most recent hold of that lock; null if there is none.
  const HeldLock* find(uintptr_t lock) const;

 private:
  LockSetId intern(LockSetTable& table);
  void change() { current_ = logged_ = false; }

  boost::container::small_vector<HeldLock, 4, ArenaAllocator<HeldLock>> locks_;
  static constexpr size_t kRemembered = 32;
  LockSetId remembered_[kRemembered] = {};  // sets interned before, by hash: the usual answer without the table's lock
  LockSetId id_ = kNoLocks;
  bool current_ = true;  // id_ is that of locks_
  bool logged_ = false;
};

}  // namespace snag

#endif  // SNAG_CORE_HELD_LOCKS_H
