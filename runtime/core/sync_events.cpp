#include "core/sync_events.h"

namespace snag {
namespace {

constexpr ThreadSlot kNobody{~0u};

SyncObject* findIn(DetectorImpl& detector, const WordBlock& block, uintptr_t address) {
  for (uint32_t index = block.syncObject; index != 0; index = detector.syncObjects.at(index).next)
    if (detector.syncObjects.at(index).offset == address % kCellBytes) return &detector.syncObjects.at(index);
  return nullptr;
}

// The caller holds the word's lock.
[[gnu::noinline]] SyncObject& findOrMakeSyncObject(DetectorImpl& detector, uintptr_t address) {
  WordBlock& block = detector.block(address);
  if (SyncObject* known = findIn(detector, block, address)) return *known;
  const uint32_t index = detector.syncObjects.create();
  SNAG_CHECK(index != 0);
  SyncObject& object = detector.syncObjects.at(index);
  object.offset = static_cast<uint8_t>(address % kCellBytes);
  object.learnings = detector.syncObjectsMade.fetch_add(1, std::memory_order_relaxed) << 32;
  object.readerLearnings = object.learnings + 1;
  object.next = block.syncObject;
  block.syncObject = index;
  return object;
}

// Likewise. Mostly it is there, and the first of its word.
SNAG_ALWAYS_INLINE SyncObject& syncObjectAt(DetectorImpl& detector, uintptr_t address) {
  const ShadowWord word(detector.cell(address).load(std::memory_order_acquire));
  const WordBlock* const block = detector.findBlock(word);
  const uint32_t index = SNAG_LIKELY(block != nullptr) ? block->syncObject : 0;
  if (SNAG_LIKELY(index != 0)) {
    SyncObject& object = detector.syncObjects.at(index);
    if (SNAG_LIKELY(object.offset == address % kCellBytes)) return object;
  }
  return findOrMakeSyncObject(detector, address);
}

void noteUse(const ThreadState& thread, LockUse& use, ContextId context) {
  use.record = thread.record->index();
  use.thread = thread.record->number;
  use.context = context;
}

void learnReleased(ThreadState& thread, SyncObject& object) {
  if (object.released.empty()) return;
  object.learnings += 2;
  thread.learn(object.released);
}

void learnReaderReleased(ThreadState& thread, SyncObject& object) {
  if (SNAG_LIKELY(object.readerReleased == nullptr) || object.readerReleased->empty()) return;
  object.readerLearnings += 2;
  thread.learn(*object.readerReleased);
}

// A thread that takes a lock again which it gave back last goes on with the same segment, if nobody has learned of the
// release: then nobody will before it gives the lock back again, and the two parts need not be told apart. What it did
// in between keeps its own. Not a reader where it was a writer before: other readers learn what writers released.
void takeBackRelease(DetectorImpl& detector, ThreadState& thread, uintptr_t lock, LockMode mode,
                     const SyncObject& object) {
  if (thread.closedBy != lock) return;
  if (thread.closedLearnings == object.readerLearnings ||
      (mode == LockMode::Write && thread.closedLearnings == object.learnings))
    detector.reopen(thread);
}

void releaseByWriter(ThreadState& thread, SyncObject& object) {
  if (SNAG_UNLIKELY(object.readerReleased != nullptr)) object.readerReleased->clear();
  object.use.holds = 0;
  if (object.lastReleaser == thread.slot) {
    if (object.lastVersion == thread.clockVersion) return;  // the same again
    object.released = thread.clock;                         // what it says is what the thread knew then
  } else {
    // Whoever held the lock for writing has seen all that was released before.
    object.lastReleaser = object.released.becomes(thread.clock) ? thread.slot : kNobody;
  }
  object.lastVersion = thread.clockVersion;
}

void releaseByReader(const ThreadState& thread, SyncObject& object) {
  if (object.readerReleased == nullptr) object.readerReleased = arenaNew<VectorClock>();
  object.readerReleased->join(thread.clock);
  object.use.holds -= object.use.holds != 0 ? 1 : 0;
}

}  // namespace

SyncObject* findSyncObject(DetectorImpl& detector, uintptr_t address) {
  const WordBlock* const block = detector.findBlock(ShadowWord(detector.cell(address).load(std::memory_order_acquire)));
  return block != nullptr ? findIn(detector, *block, address) : nullptr;
}

LockNode lockNode(DetectorImpl& detector, uintptr_t lock) {
  SpinGuard guard(detector.wordLocks.of(lock));
  SyncObject& object = syncObjectAt(detector, lock);
  if (object.node != 0) return detector.lockOrder.node(object.node);
  const LockNode node = detector.lockOrder.add(lock);
  object.node = node.number;
  return node;
}

void acquireLock(DetectorImpl& detector, ThreadState& thread, uintptr_t lock, LockMode mode, ContextId context) {
  ++thread.counts.locks;
  SpinGuard guard(detector.wordLocks.of(lock));
  SyncObject& object = syncObjectAt(detector, lock);
  takeBackRelease(detector, thread, lock, mode, object);
  if (object.lastReleaser != thread.slot) learnReleased(thread, object);
  detector.phases.acquire(thread, lock);  // nothing, unless a condition variable's signal has handed it over
  if (mode == LockMode::Write) {
    learnReaderReleased(thread, object);
    object.use.holds = 0;  // whoever held it before has given it back, whether we saw it or not
  }
  ++object.use.holds;
  noteUse(thread, object.use, context);
  thread.locks.add({lock, mode, context}, object.aloneIf(mode, context));
}

void releaseLock(DetectorImpl& detector, ThreadState& thread, uintptr_t lock, LockMode mode, ContextId context) {
  thread.lastUnlocked = lock;
  const HeldLocks::Hold held = thread.locks.remove(lock);
  SpinGuard guard(detector.wordLocks.of(lock));
  SyncObject& object = syncObjectAt(detector, lock);
  if (mode == LockMode::Read)
    releaseByReader(thread, object);
  else
    releaseByWriter(thread, object);
  if (held.set != kUnknownLocks) object.rememberAlone(held);
  if (object.use.holds == 0) noteUse(thread, object.use, context);
  detector.publishByLock(thread, lock, mode == LockMode::Read ? object.readerLearnings : object.learnings);
}

void bequeathLocks(DetectorImpl& detector, ThreadState& thread) {
  for (size_t i = 0; i < thread.locks.count(); ++i) {
    const uintptr_t lock = thread.locks.at(i).lock;
    SpinGuard guard(detector.wordLocks.of(lock));
    SyncObject* object = findSyncObject(detector, lock);
    if (object == nullptr) continue;
    object->released.join(thread.clock);
    object->lastReleaser = kNobody;
  }
}

void acquireObject(DetectorImpl& detector, ThreadState& thread, uintptr_t object) {
  SpinGuard guard(detector.wordLocks.of(object));
  if (SyncObject* known = findSyncObject(detector, object); known != nullptr) learnReleased(thread, *known);
  detector.phases.acquire(thread, object);
}

void releaseObject(DetectorImpl& detector, ThreadState& thread, uintptr_t object) {
  {
    SpinGuard guard(detector.wordLocks.of(object));
    SyncObject& sync = syncObjectAt(detector, object);
    sync.released.join(thread.clock);
    sync.lastReleaser = kNobody;
    detector.phases.release(thread, object);
  }
  detector.publish(thread);
}

void destroyObject(DetectorImpl& detector, uintptr_t object) {
  SpinGuard guard(detector.wordLocks.of(object));
  const ShadowWord word(detector.cell(object).load(std::memory_order_acquire));
  if (!word.isEscaped()) return;
  uint32_t* link = &detector.blockOf(word).syncObject;
  while (*link != 0 && detector.syncObjects.at(*link).offset != object % kCellBytes)
    link = &detector.syncObjects.at(*link).next;
  if (*link == 0) return;
  const uint32_t destroyed = *link;
  *link = detector.syncObjects.at(destroyed).next;
  detector.destroySyncObject(destroyed);
}

}  // namespace snag
