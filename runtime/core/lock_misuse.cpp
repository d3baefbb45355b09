#include "core/lock_misuse.h"

#include "core/sync_events.h"

namespace snag {
namespace {

using Nodes = boost::container::small_vector<LockNode, 16, ArenaAllocator<LockNode>>;

LockRequest requestOf(DetectorImpl& detector, ThreadState& thread, LockSetId held, uintptr_t lock, LockMode mode,
                      ContextId context) {
  LockRequest request;
  request.record = thread.record->index();
  request.thread = thread.record->number;
  request.held = held;
  request.lock = lock;
  request.mode = mode;
  request.context = context;
  request.time = detector.registry.time();
  request.slot = thread.slot;
  request.phaseTime = detector.phases.tick(thread);
  request.phase = &thread.phase;
  return request;
}

MisuseStep stepOf(const DetectorImpl& detector, const LockEdge& edge, bool isFirst) {
  MisuseStep step;
  step.role = isFirst ? MisuseRole::Caught : MisuseRole::Acquired;
  const ThreadRecord& record = detector.registry.records().at(edge.request.record);
  if (record.alive && record.number == edge.request.thread) step.thread = &record;
  step.context = edge.request.context;
  step.object = edge.request.lock;
  step.held = edge.held.lock;
  step.heldContext = edge.held.taken;
  return step;
}

[[gnu::noinline]] void reportInversion(DetectorImpl& detector, ThreadState& thread, const LockCycle& cycle) {
  Misuse misuse;
  misuse.kind = MisuseKind::LockOrderInversion;
  misuse.object = cycle.edges[0].request.lock;
  for (size_t i = 0; i < cycle.count; ++i) misuse.add(stepOf(detector, cycle.edges[i], i == 0));
  detector.sink.onMisuse(thread, misuse);
}

// What the thread has not asked for before, or not since locks left the graph.
[[gnu::noinline]] void addRequest(DetectorImpl& detector, ThreadState& thread, const LockRequest& request) {
  if (thread.locks.find(request.lock) != nullptr) return;
  Nodes held;
  size_t count = 0;
  const HeldLock* locks = detector.lockSets.get(request.held, &count);
  for (size_t i = 0; i < count; ++i) held.push_back(lockNode(detector, locks[i].lock));
  const LockNode wanted = lockNode(detector, request.lock);
  LockCycle cycle;
  if (wanted.number != 0 && detector.lockOrder.request(request, wanted, held.data(), &cycle))
    reportInversion(detector, thread, cycle);
}

MisuseStep stepOf(const DetectorImpl& detector, MisuseRole role, uintptr_t lock, const LockUse& use) {
  MisuseStep step;
  step.role = role;
  step.thread = userOf(detector, use);
  step.context = use.context;
  step.object = lock;
  return step;
}

}  // namespace

void wantLock(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t lock, LockMode mode) {
  const LockSetId held = thread.locks.id(detector.lockSets);
  if (held == kNoLocks) return;
  const ContextId context = detector.contextFor(thread, place);
  if (thread.phaseIsKnown) {
    thread.phaseIsKnown = false;
    ++thread.phases;
  }
  const uint32_t when = detector.lockOrder.generation() + (thread.phases << 8);
  if (thread.locks.steps().of(lock, mode, held, context).askedBefore(when)) return;
  addRequest(detector, thread, requestOf(detector, thread, held, lock, mode, context));
}

LockUse lockUse(DetectorImpl& detector, uintptr_t lock) {
  SpinGuard guard(detector.wordLocks.of(lock));
  const SyncObject* object = findSyncObject(detector, lock);
  return object != nullptr ? object->use : LockUse{};
}

const ThreadRecord* userOf(const DetectorImpl& detector, const LockUse& use) {
  if (use.record == 0) return nullptr;
  const ThreadRecord& record = detector.registry.records().at(use.record);
  return record.alive && record.number == use.thread ? &record : nullptr;
}

bool isHeldByRunningThread(const DetectorImpl& detector, const LockUse& use) {
  const ThreadRecord* record = use.holds != 0 ? userOf(detector, use) : nullptr;
  return record != nullptr && !record->finished;
}

void reportLockMisuse(DetectorImpl& detector, ThreadState& thread, const Place& place, MisuseKind kind, uintptr_t lock,
                      const LockUse* known) {
  Misuse misuse;
  misuse.kind = kind;
  misuse.object = lock;
  MisuseStep caught;
  caught.thread = thread.record;
  caught.context = detector.contextFor(thread, place);
  caught.object = lock;
  misuse.add(caught);
  const LockUse use = known != nullptr ? *known : lockUse(detector, lock);
  if (const HeldLock* own = thread.locks.find(lock); own != nullptr && known == nullptr) {
    misuse.add({MisuseRole::Acquired, thread.record, own->taken, lock});
  } else if (kind == MisuseKind::UseAfterDestroy) {
    LockUse destroyed;
    if (detector.destroyedLocks.find(lock, &destroyed))
      misuse.add(stepOf(detector, MisuseRole::Destroyed, lock, destroyed));
  } else if (use.context != kNoContext) {
    misuse.add(stepOf(detector, use.holds != 0 ? MisuseRole::Acquired : MisuseRole::Released, lock, use));
  }
  detector.sink.onMisuse(thread, misuse);
}

}  // namespace snag
