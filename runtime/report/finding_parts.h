// The parts of which findings of every kind are made: threads with their creators, stacks, modules, locks, the object.
// Used by one builder for one finding; what it finds goes into that finding.
#ifndef SNAG_REPORT_FINDING_PARTS_H
#define SNAG_REPORT_FINDING_PARTS_H

#include "core/detector.h"
#include "core/thread_state.h"
#include "report/heap_block.h"
#include "report/race_report.h"

namespace snag {

class FindingParts {
 public:
  // findHeapBlock may be null.
  FindingParts(Detector& detector, FindHeapBlock findHeapBlock, RaceReport& out)
      : detector_(detector), findHeapBlock_(findHeapBlock), out_(out) {}

  // What lies at the address: fills out.object.
  void describeObject(uintptr_t address);
  // Adds the thread and those that created it, up to the main thread. Returns its number; 0 for null.
  uint32_t addThread(const ThreadRecord* thread);
  ReportStack stackOf(ContextId id);
  ReportLock lockOf(uintptr_t lock, LockMode mode, ContextId taken);
  ReportLock lockOf(const HeldLock& lock) { return lockOf(lock.lock, lock.mode, lock.taken); }

 private:
  void describeHeapBlock(const HeapBlock& block);
  void describeOwned(const ThreadRecord& owner, uintptr_t address);
  bool hasThread(uint32_t number) const;
  ReportPlace placeOfData(uintptr_t address);
  uint32_t addModule(uintptr_t address);

  Detector& detector_;
  const FindHeapBlock findHeapBlock_;
  RaceReport& out_;
  platform::ModuleInfo module_;
};

}  // namespace snag

#endif  // SNAG_REPORT_FINDING_PARTS_H
