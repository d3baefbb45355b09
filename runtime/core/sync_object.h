// The clocks of what threads synchronise through. Protected by the lock of the word at whose address they live.
#ifndef SNAG_CORE_SYNC_OBJECT_H
#define SNAG_CORE_SYNC_OBJECT_H

#include "core/held_locks.h"
#include "core/lock_use.h"
#include "core/shadow_word.h"
#include "core/vector_clock.h"

namespace snag {

// A lock, or any address that releases and acquires name. A word may hold several: small locks side by side. What a
// thread needs that takes its own lock again is in the first cache line.
struct alignas(64) SyncObject {
  uint32_t next = 0;     // number of another object in the same word
  uint8_t offset = 0;    // in the word
  LockMode aloneMode{};  // of `alone`
  ThreadSlot lastReleaser{~0u};
  uint32_t node = 0;  // number in the graph of lock orders, 0 if it takes no part
  LockUse use;
  uint64_t lastVersion = 0;  // the last releaser's clockVersion then
  // Each changes whenever a thread learns what `released`, or `readerReleased`, says. Even and odd, so that one number
  // tells which of the two is meant; no other object ever has the same.
  uint64_t learnings = 0, readerLearnings = 1;
  // The interned set of this lock alone, as it was taken last at a place for which somebody asked.
  LockSetId alone = kUnknownLocks;
  ContextId aloneTaken = kNoContext;
  VectorClock released;                   // what an acquirer learns
  VectorClock* readerReleased = nullptr;  // what read-mode holders released: for write-mode acquirers only; or null

  SyncObject() = default;
  ~SyncObject() { arenaDelete(readerReleased); }
  SyncObject(const SyncObject&) = delete;
  SyncObject& operator=(const SyncObject&) = delete;

  // The set of a thread that takes it so and holds nothing else, if it is known.
  LockSetId aloneIf(LockMode mode, ContextId taken) const {
    return aloneTaken == taken && aloneMode == mode ? alone : kUnknownLocks;
  }
  void rememberAlone(const HeldLocks::Hold& held) {
    alone = held.set;
    aloneMode = held.lock.mode;
    aloneTaken = held.lock.taken;
  }
};
static_assert(sizeof(SyncObject) == 128);

}  // namespace snag

#endif  // SNAG_CORE_SYNC_OBJECT_H
