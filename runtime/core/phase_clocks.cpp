#include "core/phase_clocks.h"

#include "core/memory_order.h"

namespace snag {

PhaseClocks::~PhaseClocks() {
  for (std::atomic<Entry*>& bucket : buckets_)
    while (Entry* entry = bucket.load(std::memory_order_relaxed)) {
      bucket.store(entry->next, std::memory_order_relaxed);
      arenaDelete(entry);
    }
}

uint32_t PhaseClocks::tick(ThreadState& thread) {
  const uint32_t now = latest_.fetch_add(1, std::memory_order_relaxed) + 1;
  thread.phase.set(thread.slot, Epoch{now});
  return now;
}

// --- clocks of addresses --------------------------------------------------------------------------------

PhaseClocks::Entry* PhaseClocks::find(uintptr_t object) {
  Entry* entry = bucketOf(object).load(std::memory_order_acquire);
  while (entry != nullptr && entry->object != object && entry->object != 0) entry = entry->next;
  return entry;
}

// The entry of object 0 is the last of its bucket and stands for all that found no room.
PhaseClocks::Entry* PhaseClocks::make(uintptr_t object) {
  SpinGuard guard(lock_);
  if (Entry* known = find(object); known != nullptr) return known;
  std::atomic<Entry*>& bucket = bucketOf(object);
  auto* made = arenaNew<Entry>();
  made->next = bucket.load(std::memory_order_relaxed);
  made->object = ++entries_ <= kMost ? object : 0;
  bucket.store(made, std::memory_order_release);
  return made;
}

void PhaseClocks::join(VectorClock& phase, uintptr_t object) {
  Entry* entry = find(object);
  if (entry == nullptr) return;
  SpinGuard guard(entry->lock);
  phase.join(entry->clock);
}

void PhaseClocks::publish(ThreadState& thread, const VectorClock& phase, uintptr_t object) {
  if (phase.empty()) return;
  Entry* entry = find(object);
  if (entry == nullptr) entry = make(object);
  {
    SpinGuard guard(entry->lock);
    if (entry->clock.join(phase)) changes_.fetch_add(1, std::memory_order_release);
  }
  thread.phaseIsKnown = true;
}

void PhaseClocks::publishLocks(ThreadState& thread, uintptr_t condition) {
  publish(thread, thread.phase, condition);
  for (size_t i = 0; i < thread.locks.count(); ++i) publish(thread, thread.phase, thread.locks.at(i).lock);
  if (thread.lastUnlocked != 0) publish(thread, thread.phase, thread.lastUnlocked);
}

// --- atomics --------------------------------------------------------------------------------------------

void PhaseClocks::atAtomic(ThreadState& thread, uintptr_t address, AtomicOperation operation, MemoryOrder order) {
  if (operation != AtomicOperation::Store) join(acquires(order) ? thread.phase : thread.phaseSeen, address);
  if (operation != AtomicOperation::Load) publish(thread, releases(order) ? thread.phase : thread.phaseFence, address);
}

void PhaseClocks::atFence(ThreadState& thread, MemoryOrder order) {
  if (acquires(order)) thread.phase.join(thread.phaseSeen);
  if (releases(order)) thread.phaseFence = thread.phase;
}

}  // namespace snag
