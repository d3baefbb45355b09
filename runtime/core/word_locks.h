// Locks for shadow words, shared by hash: whoever holds a word's lock may change its detail block and what hangs off
// it. A thread holds the lock of at most one word, except an atomic operation across words, which takes them in table
// order.
#ifndef SNAG_CORE_WORD_LOCKS_H
#define SNAG_CORE_WORD_LOCKS_H

#include "core/spin_lock.h"
#include "core/types.h"

namespace snag {

class WordLocks {
 public:
  static constexpr size_t kCount = 1024;
  size_t indexOf(uintptr_t address) const { return ((address >> 3) * 0x9e37'79b9'7f4a'7c15) >> 54; }
  SpinLock& at(size_t index) { return locks_[index].lock; }
  SpinLock& of(uintptr_t address) { return at(indexOf(address)); }

 private:
  struct alignas(64) Padded {
    SpinLock lock;
  };
  Padded locks_[kCount];
};
static_assert(WordLocks::kCount == 1u << (64 - 54));

}  // namespace snag

#endif  // SNAG_CORE_WORD_LOCKS_H
