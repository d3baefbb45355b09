// Recycling of segment ids: concurrent marking, no world stop.
//
// Roots are the threads' open segments and all ids in resident shadow pages, detail blocks and sets. Threads store only
// ids of their own open segment or of sets built from what a word already names, so an id that is unreachable cannot
// come back:
//   1. startMarking clears all marks; from here on new ids, opened segments and interned sets are born marked;
//   2. every thread leaves the detector once, so that no operation begun before 1 is still about to publish;
//   3. open segments are marked, then every resident shadow word;
//   4. what is unmarked goes to limbo, and becomes free after every thread has left the detector once more.
// The collecting thread counts as outside meanwhile. When the live ids alone exceed the limit, the words of the oldest
// ones are forgotten and counted.
#ifndef SNAG_CORE_COLLECTOR_H
#define SNAG_CORE_COLLECTOR_H

#include "core/spin_lock.h"
#include "core/types.h"

namespace snag {

class DetectorImpl;
struct ThreadState;

class Collector {
 public:
  explicit Collector(DetectorImpl& detector);

  // An unused id for the thread's segment that begins with this epoch, and more of them for later; collects or forgets
  // if there is none. Runs inside the detector, with no ids held.
  SegmentId refill(ThreadState& thread, Epoch epoch);
  // Collects if many ended threads are still remembered. Likewise.
  void considerThreads(ThreadState& thread);
  void collect(ThreadState& thread);

  uint64_t collections() const { return collections_.load(std::memory_order_relaxed); }
  SpinLock& lock() { return lock_; }

 private:
  void collectLocked();
  void markRoots();
  void freeThreadRecords();
  void forgetHalf(bool upper);
  template <typename Visit>
  uint64_t forEachResidentWord(Visit visit);
  void setThreshold(uint64_t lookedAt);

  DetectorImpl& detector_;
  SpinLock lock_;  // one collection at a time; waited for outside the detector
  uint32_t idThreshold_;
  uint32_t recordThreshold_ = 4096;
  std::atomic<uint64_t> collections_{0};
};

}  // namespace snag

#endif  // SNAG_CORE_COLLECTOR_H
