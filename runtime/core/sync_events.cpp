#include "core/sync_events.h"

namespace snag {
namespace {

constexpr ThreadSlot kNobody{~0u};

// The caller holds the word's lock.
SyncObject& syncObjectAt(DetectorImpl& detector, uintptr_t address) {
  DetailBlock& block = detector.detail(address);
  if (block.syncObject == 0) block.syncObject = detector.syncObjects.create();
  SNAG_CHECK(block.syncObject != 0);
  return detector.syncObjects.at(block.syncObject);
}

}  // namespace

void acquireLock(DetectorImpl& detector, ThreadState& thread, uintptr_t lock, LockMode mode) {
  SpinGuard guard(detector.wordLocks.of(lock));
  const SyncObject& object = syncObjectAt(detector, lock);
  if (object.lastReleaser != thread.slot) thread.clock.join(object.released);
  if (mode == LockMode::Write) thread.clock.join(object.readerReleased);
}

void releaseLock(DetectorImpl& detector, ThreadState& thread, uintptr_t lock, LockMode mode) {
  {
    SpinGuard guard(detector.wordLocks.of(lock));
    SyncObject& object = syncObjectAt(detector, lock);
    if (mode == LockMode::Read) {
      object.readerReleased.join(thread.clock);
    } else {
      object.released.join(thread.clock);
      // Whoever held the lock for writing has seen all that was released before.
      object.lastReleaser = object.released.lessOrEqual(thread.clock) ? thread.slot : kNobody;
      object.readerReleased.clear();
    }
  }
  detector.publish(thread);
}

void acquireObject(DetectorImpl& detector, ThreadState& thread, uintptr_t object) {
  SpinGuard guard(detector.wordLocks.of(object));
  thread.clock.join(syncObjectAt(detector, object).released);
}

void releaseObject(DetectorImpl& detector, ThreadState& thread, uintptr_t object) {
  {
    SpinGuard guard(detector.wordLocks.of(object));
    SyncObject& sync = syncObjectAt(detector, object);
    sync.released.join(thread.clock);
    sync.lastReleaser = kNobody;
  }
  detector.publish(thread);
}

void destroyObject(DetectorImpl& detector, uintptr_t object) {
  SpinGuard guard(detector.wordLocks.of(object));
  const ShadowWord word(detector.cell(object).load(std::memory_order_acquire));
  if (!word.isEscaped()) return;
  DetailBlock& block = detector.details.at(word.detail());
  if (block.syncObject == 0) return;
  detector.syncObjects.destroy(block.syncObject);
  block.syncObject = 0;
}

}  // namespace snag
