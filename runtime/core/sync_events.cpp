#include "core/sync_events.h"

namespace snag {
namespace {

constexpr ThreadSlot kNobody{~0u};

// The caller holds the word's lock.
SyncObject& syncObjectAt(DetectorImpl& detector, uintptr_t address) {
  DetailBlock& block = detector.detail(address);
  const auto offset = static_cast<uint8_t>(address % kCellBytes);
  for (uint32_t index = block.syncObject; index != 0; index = detector.syncObjects.at(index).next)
    if (detector.syncObjects.at(index).offset == offset) return detector.syncObjects.at(index);
  const uint32_t index = detector.syncObjects.create();
  SNAG_CHECK(index != 0);
  SyncObject& object = detector.syncObjects.at(index);
  object.offset = offset;
  object.next = block.syncObject;
  block.syncObject = index;
  return object;
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
  uint32_t* link = &detector.details.at(word.detail()).syncObject;
  while (*link != 0 && detector.syncObjects.at(*link).offset != object % kCellBytes)
    link = &detector.syncObjects.at(*link).next;
  if (*link == 0) return;
  const uint32_t destroyed = *link;
  *link = detector.syncObjects.at(destroyed).next;
  detector.syncObjects.destroy(destroyed);
}

}  // namespace snag
