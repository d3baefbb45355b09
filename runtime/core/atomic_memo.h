// A thread's memory of atomic operations that would change nothing if it did them again: it takes no lock for those.
//
// An operation that releases nothing has these effects: the thread learns what the location's release sequence says, it
// stands among the location's readers or writers with its epoch, and what its last release fence showed is in the
// release sequence. Doing it again in the same epoch has no effect, as long as nobody else has changed the location or
// has accessed its bytes otherwise; that is what the count beside the word's lock tells. A store is never remembered:
// it ends the release sequence that it finds.
#ifndef SNAG_CORE_ATOMIC_MEMO_H
#define SNAG_CORE_ATOMIC_MEMO_H

#include "core/memory_order.h"
#include "core/types.h"

namespace snag {

class AtomicMemo {
 public:
  // What is known to be so already.
  enum : uint8_t {
    kReads = 1,     // the thread stands among the readers
    kWrites = 2,    // among the writers, and the release sequence holds what its last release fence showed
    kSeen = 4,      // what the release sequence says will be learned by an acquire fence
    kAcquired = 8,  // ... has been learned
    kNever = 16,    // what no memory tells
  };
  struct Entry {
    uintptr_t address = 0;
    uint64_t changes = 0;       // of the word, beside its lock
    uint64_t phaseChanges = 0;  // PhaseClocks::changes
    Epoch epoch{};
    uint8_t size = 0;
    uint8_t known = 0;
  };

  // What an operation would bring about.
  static uint8_t effectsOf(AtomicOperation operation, MemoryOrder order) {
    if (operation == AtomicOperation::Store || (operation == AtomicOperation::Rmw && releases(order))) return kNever;
    const uint8_t learned = acquires(order) ? kAcquired | kSeen : kSeen;
    return static_cast<uint8_t>(learned | (operation == AtomicOperation::Load ? kReads : kWrites));
  }

  // Null if nothing is known of the location in this epoch.
  const Entry* find(uintptr_t address, size_t size, Epoch epoch) const {
    const Entry& entry = entries_[indexOf(address)];
    return entry.address == address && entry.size == size && entry.epoch == epoch ? &entry : nullptr;
  }
  // `now` is so. What was known before still holds if nothing has changed since.
  void remember(const Entry& now) {
    Entry& entry = entries_[indexOf(now.address)];
    const bool holds = entry.address == now.address && entry.size == now.size && entry.epoch == now.epoch &&
                       entry.changes == now.changes && entry.phaseChanges == now.phaseChanges;
    const uint8_t before = holds ? entry.known : uint8_t{0};
    entry = now;
    entry.known |= before;
  }

 private:
  static constexpr size_t kEntries = 64;
  static size_t indexOf(uintptr_t address) { return address * 0x9e37'79b9'7f4a'7c15 >> 58; }

  Entry entries_[kEntries] = {};
};

}  // namespace snag

#endif  // SNAG_CORE_ATOMIC_MEMO_H
