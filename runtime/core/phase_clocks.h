// What keeps requests for locks apart in time, for the graph of lock orders.
//
// A thread that asked for locks in one order before a barrier cannot meet another that asks in the opposite order after
// it. Happens-before as races need it does not tell: it also counts that one thread took a lock after another gave it
// back, and they might have come the other way round. Here every thread has a second vector clock, its phase, which
// learns from everything but that. A condition variable's hand-over counts, since it is why the waiter goes on: what
// was signalled is known to those who take a mutex that the signaller holds or gave back last.
//
// A component counts requests, not releases: it is the time of the thread's last request that others know of. As long
// as no thread has asked for a lock while it held another there is nothing to know, and nothing here costs anything.
#ifndef SNAG_CORE_PHASE_CLOCKS_H
#define SNAG_CORE_PHASE_CLOCKS_H

#include <atomic>

#include "core/thread_state.h"

namespace snag {

// Thread-safe; its locks are leaves. The clocks are those of addresses: of sync objects, atomics, and clocks that a
// caller keeps. They are never given up; beyond a bound, and where memory is used again, addresses share one, which
// hides inversions and invents none.
class PhaseClocks {
 public:
  ~PhaseClocks();
  bool isNeeded() const { return latest_.load(std::memory_order_relaxed) != 0; }
  // Changes whenever the clock of an address does.
  const std::atomic<uint64_t>& changeCount() const { return changes_; }
  uint64_t changes() const { return changes_.load(std::memory_order_acquire); }
  // The time of a request that the thread makes now; times are dealt out once.
  uint32_t tick(ThreadState& thread);

  void acquire(ThreadState& thread, uintptr_t object) {
    if (isNeeded()) join(thread.phase, object);
  }
  void release(ThreadState& thread, uintptr_t object) {
    if (!thread.phase.empty()) publish(thread, thread.phase, object);
  }
  // The same for atomics: what relaxed operations see and leave waits for a fence.
  void atomic(ThreadState& thread, uintptr_t address, AtomicOperation operation, MemoryOrder order) {
    if (isNeeded()) atAtomic(thread, address, operation, order);
  }
  void fence(ThreadState& thread, MemoryOrder order) {
    if (isNeeded()) atFence(thread, order);
  }
  // Around a condition variable: a signal, or the wait's release of the mutex, hands over what the thread holds.
  void handOver(ThreadState& thread, uintptr_t condition) {
    if (!thread.phase.empty()) publishLocks(thread, condition);
  }

 private:
  static constexpr uint32_t kBuckets = 4096, kMost = 1 << 16;
  struct Entry {
    uintptr_t object = 0;
    Entry* next = nullptr;
    SpinLock lock;  // protects the clock
    VectorClock clock;
  };
  std::atomic<Entry*>& bucketOf(uintptr_t object) { return buckets_[object * 0x9e37'79b9'7f4a'7c15 >> 52]; }
  Entry* find(uintptr_t object);
  Entry* make(uintptr_t object);
  void join(VectorClock& phase, uintptr_t object);
  void publish(ThreadState& thread, const VectorClock& phase, uintptr_t object);
  void publishLocks(ThreadState& thread, uintptr_t condition);
  SNAG_RARE void atAtomic(ThreadState& thread, uintptr_t address, AtomicOperation operation, MemoryOrder order);
  void atFence(ThreadState& thread, MemoryOrder order);

  std::atomic<uint32_t> latest_{0};  // the last request's time
  std::atomic<uint64_t> changes_{0};
  SpinLock lock_;                               // held by who makes entries
  uint32_t entries_ = 0;                        // protected by lock_
  std::atomic<Entry*> buckets_[kBuckets] = {};  // entries are only ever put in front
};

}  // namespace snag

#endif  // SNAG_CORE_PHASE_CLOCKS_H
