// Which threads there are, which clock component each has, and who had it before.
//
// A slot is reused only for a thread whose creator has already seen the last release of the slot's previous owner: then
// everything the previous owner did happens before the new owner's first action, and one component can tell both apart
// by epoch.
//
// What every thread knows is behind all: threads to come descend from these and know the same, so nothing can race with
// it any more and history up to there may be forgotten. Thread-safe.
#ifndef SNAG_CORE_THREAD_REGISTRY_H
#define SNAG_CORE_THREAD_REGISTRY_H

#include <boost/container/small_vector.hpp>

#include "core/reserved_array.h"
#include "core/thread_state.h"

namespace snag {

class ThreadRegistry {
 public:
  explicit ThreadRegistry(uint32_t logChunkEntries) : logChunkEntries_(logChunkEntries), records_(kMostThreads) {}
  ~ThreadRegistry();

  // A state with number, slot and starting epoch; its clock knows what `creator` knows (nothing if null).
  ThreadState* create(const ThreadState* creator, ContextId creation);
  // The thread ended; its slot's last epoch is fixed. Frees the state if it is detached.
  void finish(ThreadState& thread);
  void detach(ThreadState& thread);
  // Frees the state of an ended thread, or of one that never started.
  void free(ThreadState& thread);
  // Sets thread.alone if it is the only one and knows all that earlier ones did.
  void considerAlone(ThreadState& thread);
  // A thread may appear that nobody is seen to create: from now on no thread is ever alone.
  void expectForeigner(ThreadState& thread);
  // Frees all states but one: after fork.
  void keepOnly(ThreadState& survivor);

  IndexedPool<ThreadRecord>& records() { return records_; }
  const IndexedPool<ThreadRecord>& records() const { return records_; }
  uint32_t created() const { return created_.load(std::memory_order_relaxed); }
  // Counts creations and joins: tells what happened before and after them.
  uint64_t time() const { return time_.load(std::memory_order_relaxed); }
  void noteJoin(const ThreadState& joiner, ThreadState& joined);
  // Of all threads that have ended.
  const ThreadCounts& finishedCounts() const { return finishedCounts_; }
  // True if every thread, of now and of later, knows of that epoch. Asked for by a thread inside the detector.
  bool isBehindAll(ThreadSlot slot, Epoch epoch) const {
    return raw(epoch) <= behindAll_[raw(slot)].load(std::memory_order_relaxed) &&
           !hasForeigners_.load(std::memory_order_relaxed);
  }
  // Finds how much of what the thread did is behind all by now. Looks at every other thread, unless the calls are too
  // frequent for that.
  void raiseBehindAll(ThreadState& thread);
  // From now on a thread that waits for another's end may do something else in between: run a handler of a signal, or
  // clean up after it has been cancelled. To be called before that can happen.
  void expectInterruptedJoins() { joinsMayBeInterrupted_.store(true, std::memory_order_seq_cst); }

  // Up to which of its epochs every other thread knows what this one did, or will know before it does anything more
  // (but for what interrupts its join of another). Below `least` it may be too much.
  Epoch knownToOthers(const ThreadState& thread, Epoch least) const {
    SpinGuard guard(lock_);
    return knownToOthers(thread, least, true);
  }

  // Calls visit(ThreadState&) for each state, with the registry locked.
  template <typename Visit>
  void forEachState(Visit&& visit) {
    SpinGuard guard(lock_);
    for (ThreadState* state = states_; state != nullptr; state = state->next) visit(*state);
  }
  template <typename Visit>
  void forEachRecord(Visit&& visit) const {
    for (uint32_t i = 1; i < records_.end(); ++i)
      if (records_.at(i).alive) visit(records_.at(i));
  }

 private:
  struct FreeSlot {
    ThreadSlot slot;
    Epoch last;  // the previous owner's last epoch
  };
  FreeSlot takeSlot(const ThreadState* creator);
  void unlinkAndFree(ThreadState& thread);
  bool runsAlone(const ThreadState& thread) const;
  bool has(const ThreadState* thread) const;
  // With the registry locked.
  Epoch knownToOthers(const ThreadState& thread, Epoch least, bool withJoins) const;
  void raiseBehindAll(const VectorClock& known);
  Epoch knownBy(const ThreadState& other, ThreadSlot slot, bool withJoins) const;

  static constexpr uint32_t kMostThreads = 1 << 23;  // that are remembered

  const uint32_t logChunkEntries_;
  mutable SpinLock lock_;  // protects everything below but the records
  IndexedPool<ThreadRecord> records_;
  ThreadState* states_ = nullptr;
  boost::container::small_vector<FreeSlot, 8, ArenaAllocator<FreeSlot>> freeSlots_;  // oldest first
  uint32_t slots_ = 0;
  std::atomic<uint32_t> created_{0};
  std::atomic<uint64_t> time_{0};
  ThreadCounts finishedCounts_;
  bool expectsForeigners_ = false;
  const ReservedArray<std::atomic<uint32_t>> behindAll_{kMostThreads};  // epochs by slot; they only grow
  std::atomic<bool> hasForeigners_{false};  // a thread exists that nobody was seen to create: it knows nothing
  std::atomic<bool> joinsMayBeInterrupted_{false};
};

}  // namespace snag

#endif  // SNAG_CORE_THREAD_REGISTRY_H
