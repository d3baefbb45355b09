// AccessLog::compact(), for whoever knows what is live.
#ifndef SNAG_CORE_LOG_COMPACTION_H
#define SNAG_CORE_LOG_COMPACTION_H

#include "core/access_log.h"

namespace snag {

// The header's segment still goes by its id.
inline bool isSegmentOf(const SegmentTable& segments, uint32_t record, const LoggedAccess& header) {
  const Segment segment = segments.segment(header.segment);
  return !segments.isSet(header.segment) && segment.record == record && segment.epoch == header.epoch;
}

// Copies what is live into a new chain, keeping segment and lock markers only where an access follows. Accesses at one
// place that continue each other become one entry, also where others stand between them: a merge sort reads two runs
// and writes a third in turn.
class LogCopier {
 public:
  LogCopier(AccessLog& to, LogPool& pool, SegmentTable& segments, uint32_t record)
      : to_(to), pool_(pool), segments_(segments), record_(record) {}

  void segment(const LoggedAccess& header) {
    writeGroups();
    if (header_.segment != kNoSegment && !begun_) moveTo(0);
    header_ = header;
    begun_ = false;
    ++era_;
  }
  // `size` is its site's if the access says 0.
  void access(const LoggedAccess& access, uint32_t size) {
    if (!begun_) begin();
    if (access.locks != locks_) writeGroups();
    locks_ = access.locks;
    Run& run = runAt(access.context, access.address);
    Run next{access.context, access.locks, era_, access.address + size, nullptr};
    if (run.isContinuedBy(access, era_)) {
      next.length = run.length;
      run = {};
      if (next.length == nullptr || !AccessLog::lengthen(next.length, size, kLongestRun))
        next.length = to_.appendRun(pool_, access, size);
    } else if (access.size == 0) {
      addToGroup(access);
    } else {
      to_.append(pool_, access.address, access.size, 0, access.context, access.locks);
    }
    runAt(next.context, next.end) = next;
  }
  // The last segment may be the open one, to which its owner goes on appending: it is kept even if it is empty.
  void finish() {
    writeGroups();
    if (header_.segment != kNoSegment && !begun_) begin();
  }

 private:
  // Where an access of a context ended, and the entry that grows with the next one; null until there is one. Found by
  // that end: a program may write to many buffers in turn.
  struct Run {
    ContextId context = kNoContext;
    LockSetId locks = kNoLocks;
    uint64_t era = 0;
    uintptr_t end = 0;
    uint64_t* length = nullptr;

    bool isContinuedBy(const LoggedAccess& access, uint64_t now) const {
      return access.context == context && access.address == end && access.locks == locks && era == now;
    }
  };
  static constexpr uint32_t kRuns = 128;
  // An entry is live as long as one of its words is: few dead ones shall stay with a live one.
  static constexpr uint32_t kLongestRun = 4096;

  Run& runAt(ContextId context, uintptr_t end) { return runs_[((end + raw(context)) * 0x9e37'79b9'7f4a'7c15) >> 57]; }
  // Accesses of one context, not yet written: close to each other, though others stand between them.
  struct Group {
    ContextId context = kNoContext;
    uint32_t count = 0;
    uintptr_t addresses[AccessLog::kGroup];
  };
  static constexpr uint32_t kGroups = 16;

  void addToGroup(const LoggedAccess& access) {
    Group& group = groups_[raw(access.context) % kGroups];
    const bool fits = group.context == access.context && group.count < AccessLog::kGroup && group.count != 0 &&
                      AccessLog::fitsGroup(group.addresses[group.count - 1], access.address);
    if (!fits) {
      write(group);
      group.context = access.context;
    }
    group.addresses[group.count++] = access.address;
    hasGroups_ = true;
  }
  void write(Group& group) {
    to_.appendGroup(pool_, group.addresses, group.count, group.context, locks_);
    group.count = 0;
  }
  void writeGroups() {
    if (!hasGroups_) return;
    for (Group& group : groups_) write(group);
    hasGroups_ = false;
  }
  void begin() {
    begun_ = true;
    moveTo(to_.beginSegment(pool_, header_.segment, header_.epoch, header_.locks));
  }
  // A dead segment's id may name another by now.
  void moveTo(uint32_t chunk) {
    if (isSegmentOf(segments_, record_, header_)) segments_.moveLog(header_.segment, chunk);
  }

  AccessLog& to_;
  LogPool& pool_;
  SegmentTable& segments_;
  const uint32_t record_;
  LoggedAccess header_{};
  bool begun_ = false;
  uint64_t era_ = 0;  // counts segments: a run ends with its own
  Group groups_[kGroups];
  bool hasGroups_ = false;
  LockSetId locks_ = kNoLocks;  // of what the groups hold
  Run runs_[kRuns];
  static_assert(kRuns == 1u << (64 - 57));
};

template <typename Liveness>
void AccessLog::compact(LogPool& pool, SegmentTable& segments, Liveness& liveness, size_t maxBytes) {
  AccessLog fresh;
  fresh.belongTo(owner_, chunkEntries_);
  SpinGuard guard(lock_);
  LogCopier copier(fresh, pool, segments, owner_);
  uint32_t oldest = firstChunk_;  // those before it are copied, and free
  bool isGone = true;             // there is no segment, or its id means another by now
  scan(
      pool, firstChunk_,
      [&](const LoggedAccess& access, uint32_t chunk, bool begins) {
        if (SNAG_UNLIKELY(oldest != chunk)) oldest = freeUpTo(pool, oldest, chunk);
        if (begins) {
          copier.segment(access);
          isGone = !isSegmentOf(segments, owner_, access);
        } else if (!isGone && access.context != kNoContext && liveness.isLive(access)) {
          copier.access(access, liveness.sizeOf(access));
        }
        return true;
      },
      [&](uintptr_t address) { liveness.willAsk(address); });
  copier.finish();
  freeUpTo(pool, oldest, 0);
  firstChunk_ = fresh.firstChunk_;
  lastChunk_ = fresh.lastChunk_;
  chunkCount_ = fresh.chunkCount_;
  cursor_.store(fresh.cursor_.load(std::memory_order_relaxed), std::memory_order_relaxed);
  limit_ = fresh.limit_;
  longEnd_ = nullptr;
  lastLocks_ = fresh.lastLocks_;
  endRun();
  endNeighbourhood();
  while (bytes() > maxBytes && firstChunk_ != lastChunk_) dropFirstChunk(pool);
}

}  // namespace snag

#endif  // SNAG_CORE_LOG_COMPACTION_H
