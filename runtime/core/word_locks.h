// Locks for shadow words, shared by hash: whoever holds a word's lock may change its detail block and what hangs off
// it. A thread holds the lock of at most one word, except an atomic operation across words, which takes them in table
// order.
//
// Beside each lock is a count of changes, for threads that remember what they found under the lock (atomic_memo.h).
#ifndef SNAG_CORE_WORD_LOCKS_H
#define SNAG_CORE_WORD_LOCKS_H

#include "core/check.h"
#include "core/spin_lock.h"
#include "core/types.h"

namespace snag {

class WordLock : public SpinLock {
 public:
  // Like lock(), but keeps all registers.
  SNAG_ALWAYS_INLINE void lockQuickly() {
    if (SNAG_UNLIKELY(!tryLock())) waitForIt(*this);
  }
  // Something that a memory of an atomic location relies on is different now. The caller holds the lock.
  void noteChange() { changes_.store(changes() + 1, std::memory_order_release); }
  uint64_t changes() const { return changes_.load(std::memory_order_acquire); }
  // Nothing has changed since changes() said `seen`, nor is anyone about to change it. Whoever has read what another
  // wrote under the lock before it asks gets no for an answer, unless that changed nothing.
  bool isStill(uint64_t seen) const {
    std::atomic_thread_fence(std::memory_order_acquire);
    return !isHeld() && changes() == seen;
  }

 private:
  SNAG_RARE static void waitForIt(WordLock& lock) { lock.lock(); }

  std::atomic<uint64_t> changes_{0};
};

class WordLocks {
 public:
  static constexpr size_t kCount = 1024;
  size_t indexOf(uintptr_t address) const { return ((address >> 3) * 0x9e37'79b9'7f4a'7c15) >> 54; }
  WordLock& at(size_t index) { return locks_[index].lock; }
  WordLock& of(uintptr_t address) { return at(indexOf(address)); }
  const WordLock& of(uintptr_t address) const { return locks_[indexOf(address)].lock; }

 private:
  struct alignas(64) Padded {
    WordLock lock;
  };
  Padded locks_[kCount];
};
static_assert(WordLocks::kCount == 1u << (64 - 54));

}  // namespace snag

#endif  // SNAG_CORE_WORD_LOCKS_H
