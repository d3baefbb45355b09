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

// A thread's memory of the orders in which it has taken locks: the usual answer without the shared graph.
class RequestCache {
 public:
  RequestCache() = default;
  ~RequestCache() { arena().deallocate(keys_, kEntries * sizeof(uint64_t)); }
  RequestCache(const RequestCache&) = delete;
  RequestCache& operator=(const RequestCache&) = delete;

  // True if it was asked the same before; remembers it.
  bool knows(uintptr_t lock, LockSetId held, ContextId context, LockMode mode, uint32_t generation) {
    uint64_t key = (lock ^ uint64_t{raw(held)} << 40) * 0x9e37'79b9'7f4a'7c15;
    key = (key ^ key >> 32 ^ uint64_t{raw(context)} << 32 ^ generation ^ uint64_t(mode) << 30) * 0xbf58'476d'1ce4'e5b9;
    if (keys_ == nullptr) makeKeys();
    uint64_t& entry = keys_[key >> 54];
    if (entry == key) return true;
    entry = key;
    return false;
  }

 private:
  static constexpr size_t kEntries = 1024;
  __attribute__((noinline)) void makeKeys() {
    keys_ = static_cast<uint64_t*>(arena().allocate(kEntries * sizeof(uint64_t)));
    for (size_t i = 0; i < kEntries; ++i) keys_[i] = 0;
  }

  uint64_t* keys_ = nullptr;  // made when a lock is first asked for while another is held
};

}  // namespace snag

#endif  // SNAG_CORE_LOCK_USE_H
