// A thread's memory of atomic operations that would change nothing if it did them again: it takes no lock for those.
//
// An operation that releases nothing has these effects: the thread learns what the location's release sequence says, it
// stands among the location's readers or writers with its epoch, and what its last release fence showed is in the
// release sequence. Doing it again in the same epoch has no effect, as long as nobody else has changed the location or
// has accessed its bytes otherwise; that is what the count beside the word's lock tells. A store is never remembered:
// it ends the release sequence that it finds.
#ifndef SNAG_CORE_ATOMIC_MEMO_H
#define SNAG_CORE_ATOMIC_MEMO_H

#include "core/check.h"
#include "core/memory_order.h"
#include "core/types.h"
#include "core/word_locks.h"

namespace snag {

// For how long a memory of an atomic location holds.
struct KnownAtomic {
  const WordLock* lock;
  uint64_t changes;
  const std::atomic<uint64_t>* phases;
  uint64_t phaseChanges;  // PhaseClocks::changes

  // To be asked after the operation was done: then what it has read from is what the memory tells of.
  bool holds() const { return lock->isStill(changes) && phases->load(std::memory_order_acquire) == phaseChanges; }
};

class AtomicMemo {
 public:
  // What is known to be so already.
  enum : uint8_t {
    kReads = 1,     // the thread stands among the readers
    kWrites = 2,    // among the writers, and the release sequence holds what its last release fence showed
    kSeen = 4,      // what the release sequence says will be learned by an acquire fence
    kAcquired = 8,  // ... has been learned
    kNever = 16,    // what no memory tells
    kAll = 31,
  };

  // What an operation would bring about.
  static constexpr uint8_t effectsOf(AtomicOperation operation, MemoryOrder order) {
    if (operation == AtomicOperation::Store || (operation == AtomicOperation::Rmw && releases(order))) return kNever;
    const uint8_t learned = acquires(order) ? kAcquired | kSeen : kSeen;
    return static_cast<uint8_t>(learned | (operation == AtomicOperation::Load ? kReads : kWrites));
  }

  // What a memory holds as long as these are the same.
  struct Counts {
    uint64_t changes = 0;       // of the word, beside its lock
    uint64_t phaseChanges = 0;  // PhaseClocks::changes
    friend bool operator==(const Counts&, const Counts&) = default;
  };

  // Null unless all these effects are known of the location. For sizes below 256.
  SNAG_ALWAYS_INLINE const Counts* find(uintptr_t address, size_t size, uint8_t effects) const {
    const Entry& entry = entries_[indexOf(address)];
    // In one comparison: of this round and size, and no effect is missing.
    const bool isKnown =
        entry.address == address && (entry.stamp & (~uint64_t{kAll} | effects)) == stampOf(size, effects);
    return isKnown ? &entry.counts : nullptr;
  }
  // `effects` are so now. What was known before still holds if nothing has changed since.
  SNAG_ALWAYS_INLINE void remember(uintptr_t address, size_t size, uint8_t effects, Counts counts) {
    Entry& entry = entries_[indexOf(address)];
    const bool holds =
        entry.address == address && (entry.stamp & ~uint64_t{kAll}) == stampOf(size, 0) && entry.counts == counts;
    entry = {address, stampOf(size, effects) | (holds ? entry.stamp : 0), counts};
  }
  // The thread's epoch ends.
  void forgetAll() { ++round_; }

 private:
  static constexpr size_t kEntries = 64;
  struct alignas(32) Entry {
    uintptr_t address = 0;
    uint64_t stamp = 0;  // no operation's: rounds begin with 1
    Counts counts;
  };
  uint64_t stampOf(size_t size, uint8_t effects) const { return round_ << 16 | size << 8 | effects; }
  static size_t indexOf(uintptr_t address) { return address * 0x9e37'79b9'7f4a'7c15 >> 58; }

  uint64_t round_ = 1;
  Entry entries_[kEntries] = {};
};

}  // namespace snag

#endif  // SNAG_CORE_ATOMIC_MEMO_H
