#include "core/collector.h"

#include <algorithm>

#include "core/detector_impl.h"

namespace snag {

namespace {

// The fewer ids there are between collections, the more of what is looked up behind them stays in the processor's
// caches; but each collection looks at all resident shadow words.
constexpr uint64_t kFewestNewIds = 1 << 18;
constexpr uint64_t kWordsPerId = 4;

}  // namespace

Collector::Collector(DetectorImpl& detector) : detector_(detector) { setThreshold(0); }

void Collector::setThreshold(uint64_t lookedAt) {
  const uint32_t live = detector_.segments.inUse(), limit = detector_.segments.limit();
  const uint64_t wanted = live + std::max(kFewestNewIds, lookedAt / kWordsPerId);
  const uint64_t most = std::max(live + (limit - live) / 2, limit / 2);
  idThreshold_ = static_cast<uint32_t>(std::min(wanted, most));
}

// Visits words outside any lock; an escaped word has to be looked at again under its lock. Returns how many it has
// looked at.
template <typename Visit>
uint64_t Collector::forEachResidentWord(Visit visit) {
  struct Walk {
    const AddressLayout& layout;
    Visit& visit;
    uint64_t lookedAt = 0;

    static void page(void* argument, uintptr_t start, uintptr_t end) {
      Walk& walk = *static_cast<Walk*>(argument);
      walk.lookedAt += (end - start) / sizeof(ShadowCell);
      for (uintptr_t shadow = start; shadow < end; shadow += sizeof(ShadowCell))
        if (reinterpret_cast<const ShadowCell*>(shadow)->load(std::memory_order_relaxed) != 0)
          walk.visit(walk.layout.addressOf(shadow));
    }
    static void memory(void* argument, uintptr_t start, uintptr_t end) {
      const Walk& walk = *static_cast<Walk*>(argument);
      for (size_t i = 0; i < walk.layout.ranges; ++i) {
        const AddressRange& range = walk.layout.program[i];
        const uintptr_t from = start > range.start ? start : range.start, to = end < range.end ? end : range.end;
        if (from < to)
          platform::visitResident(walk.layout.shadowOf(from), walk.layout.shadowOf(to - 1) + 8, page, argument);
      }
    }
  };
  Walk walk{detector_.config.layout, visit};
  platform::visitProgramMemory(Walk::memory, &walk);
  return walk.lookedAt;
}

SegmentId Collector::refill(ThreadState& thread, Epoch epoch) {
  SegmentTable& segments = detector_.segments;
  // Few at a time when there are few, so that idle threads do not hoard them.
  const uint32_t wanted = std::clamp(segments.limit() / 1024, 1u, IdStock::kMost);
  for (unsigned attempt = 0;; ++attempt) {
    if (segments.inUse() < idThreshold_ || attempt > 0) {
      const bool withRow = detector_.config.alwaysRows || (wanted == IdStock::kMost && thread.ids.isWorthARow());
      thread.ids.refill(segments, wanted, withRow, thread.slot, epoch);
      if (const SegmentId id = thread.ids.takeFor(epoch); id != kNoSegment) return id;
    }
    SNAG_CHECK(attempt < 1000);  // every id is some thread's open segment: segment_ids is set far too low
    Inside::pause(thread);
    {
      SpinGuard guard(lock_);
      if (attempt > 0) forgetHalf(attempt % 2 == 0);
      if (attempt > 0 || segments.inUse() >= idThreshold_) collectLocked();
    }
    Inside::resume(detector_, thread);
  }
}

void Collector::considerThreads(ThreadState& thread) {
  if (SNAG_LIKELY(detector_.registry.records().inUse() < recordThreshold_)) return;
  collect(thread);
}

void Collector::collect(ThreadState& thread) {
  Inside::pause(thread);
  {
    SpinGuard guard(lock_);
    collectLocked();
  }
  Inside::resume(detector_, thread);
}

void Collector::collectLocked() {
  SegmentTable& segments = detector_.segments;
  segments.startMarking();
  waitUntilOthersLeft(detector_, nullptr);
  markRoots();
  const uint64_t lookedAt = forEachResidentWord([&](uintptr_t address) {
    const ShadowWord word(detector_.cell(address).load(std::memory_order_acquire));
    if (!word.isEscaped()) {
      segments.mark(word.writer().id);
      segments.mark(word.reader().id);
      return;
    }
    SpinGuard guard(detector_.wordLocks.of(address));
    const ShadowWord now(detector_.cell(address).load(std::memory_order_acquire));
    const WordHistory history = detector_.historyOf(now);
    for (size_t i = 0; i < kCellBytes; ++i) {
      segments.mark(history.writers[i]);
      segments.markNamed(history.readers[i]);
    }
    detector_.forEachAtomic(now, [&](const AtomicRecord& record) {
      for (const AtomicAccess& access : record) detector_.registry.records().at(access.record()).marked = true;
    });
  });
  segments.sweep();
  waitUntilOthersLeft(detector_, nullptr);
  freeThreadRecords();
  segments.releaseLimbo();
  setThreshold(lookedAt);
  collections_.fetch_add(1, std::memory_order_relaxed);
}

void Collector::markRoots() {
  detector_.registry.forEachRecord([](ThreadRecord& record) { record.marked = !record.finished; });
  detector_.registry.forEachState([&](ThreadState& thread) {
    detector_.segments.mark(thread.segment.load(std::memory_order_acquire));
    thread.ids.forEach([&](SegmentId id) { detector_.segments.mark(id); });
    detector_.segments.mark(thread.shared.load(std::memory_order_relaxed));
    for (const std::atomic<SegmentId>& id : thread.joined) detector_.segments.mark(id.load(std::memory_order_relaxed));
    detector_.segments.mark(thread.closed.load(std::memory_order_relaxed));
    thread.record->marked = true;
  });
}

// A thread's record goes when it has ended, no remembered access is its own, and no kept thread was created by it.
void Collector::freeThreadRecords() {
  SegmentTable& segments = detector_.segments;
  IndexedPool<ThreadRecord>& records = detector_.registry.records();
  for (uint32_t id = 1; id < segments.end(); ++id) {
    const SegmentId segment{id};
    if (segments.isMarked(segment) && segments.isDefined(segment) && !segments.isSet(segment) &&
        segments.segment(segment).record != 0)
      records.at(segments.segment(segment).record).marked = true;
  }
  detector_.lockOrder.forEachRecord([&](uint32_t record) { records.at(record).marked = true; });
  using ByNumber = std::pair<uint32_t, uint32_t>;  // a record's thread number, and its own
  boost::container::small_vector<ByNumber, 64, ArenaAllocator<ByNumber>> byNumber;
  detector_.registry.forEachRecord(
      [&](ThreadRecord& record) { byNumber.push_back({record.number, records.indexOf(record)}); });
  std::sort(byNumber.begin(), byNumber.end());
  for (bool changed = true; changed;) {
    changed = false;
    detector_.registry.forEachRecord([&](ThreadRecord& record) {
      if (!record.marked) return;
      const auto found = std::lower_bound(byNumber.begin(), byNumber.end(), ByNumber{record.creator, 0});
      if (found == byNumber.end() || found->first != record.creator) return;
      ThreadRecord& creator = records.at(found->second);
      changed |= !creator.marked;
      creator.marked = true;
    });
  }
  detector_.registry.forEachRecord([&](ThreadRecord& record) {
    if (record.marked || !record.finished) return;
    record.log.clear(detector_.logs);
    records.destroy(records.indexOf(record));
  });
  recordThreshold_ = records.inUse() * 2 > 4096 ? records.inUse() * 2 : 4096;
}

// Ids are handed out in order until the first recycling, so the lower half is the older one for the first time and an
// arbitrary one later: which half is forgotten matters less than that it is counted.
void Collector::forgetHalf(bool upper) {
  SegmentTable& segments = detector_.segments;
  const uint32_t middle = segments.end() / 2;
  forEachResidentWord([&](uintptr_t address) {
    SpinGuard guard(detector_.wordLocks.of(address));
    ShadowCell& cell = detector_.cell(address);
    uint64_t bits = cell.load(std::memory_order_acquire);
    const ShadowWord word(bits);
    WordHistory history = detector_.historyOf(word);
    bool changed = false;
    const auto forget = [&](SegmentId& id) {
      if (id == kNoSegment || ((raw(id) >= middle) != upper && !segments.isSet(id))) return;
      id = kNoSegment;
      changed = true;
    };
    for (size_t i = 0; i < kCellBytes; ++i) {
      forget(history.writers[i]);
      forget(history.readers[i]);
    }
    if (!changed) return;
    ShadowWord shorter;
    if (word.isEscaped())
      detector_.setHistory(address, word, history);
    else if (history.toWord(&shorter))
      cell.compare_exchange_strong(bits, shorter.bits(), std::memory_order_acq_rel);
    detector_.forgotten.fetch_add(1, std::memory_order_relaxed);
  });
}

}  // namespace snag
