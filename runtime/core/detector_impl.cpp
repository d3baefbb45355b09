#include "core/detector_impl.h"

#include <algorithm>

namespace snag {
namespace {

constexpr uint32_t kMaxDetails = 1u << 30;  // address space only: 64 GiB
constexpr uint32_t kMaxObjects = 1u << 26;
constexpr uint32_t kMaxLogChunks = 1u << 26;

// An entry is live while one of its words names its segment.
class ShadowLiveness final : public AccessLog::Liveness {
 public:
  explicit ShadowLiveness(DetectorImpl& detector) : detector_(detector) {}

  bool isLive(const LoggedAccess& access) const override {
    EarlierAccess described;
    if (!detector_.describe(access, &described)) return false;
    const uintptr_t end = access.address + described.size;
    for (uintptr_t word = access.address & ~(kCellBytes - 1); word < end; word += kCellBytes)
      if (wordNames(word, access.segment)) return true;
    return false;
  }

  void willAsk(uintptr_t address) const override {
    if (detector_.shadowed.contains(address)) __builtin_prefetch(&detector_.cell(address));
  }

 private:
  bool wordNames(uintptr_t address, SegmentId segment) const {
    const ShadowWord word(detector_.cell(address).load(std::memory_order_acquire));
    if (!word.isEscaped())
      return detector_.segments.contains(word.writer().id, segment) ||
             detector_.segments.contains(word.reader().id, segment);
    SpinGuard guard(detector_.wordLocks.of(address));
    const ShadowWord now(detector_.cell(address).load(std::memory_order_acquire));
    const WordHistory history = detector_.historyOf(now);
    for (size_t i = 0; i < kCellBytes; ++i)
      if (detector_.segments.contains(history.writers[i], segment) ||
          detector_.segments.contains(history.readers[i], segment))
        return true;
    return false;
  }

  DetectorImpl& detector_;
};

}  // namespace

DetectorImpl::DetectorImpl(const DetectorConfig& configuration, RaceSink& raceSink)
    : config(configuration),
      shadowed(configuration.layout),
      sink(raceSink),
      segments(configuration.segmentIds),
      details(kMaxDetails),
      syncObjects(kMaxObjects),
      atomicRecords(kMaxObjects),
      logs(kMaxLogChunks),
      collector(*this) {
  SNAG_CHECK(shadowed.isWhole());
}

DetectorImpl::~DetectorImpl() = default;

DetailBlock& DetectorImpl::detail(uintptr_t address) {
  ShadowCell& shadow = cell(address);
  uint32_t created = 0;
  uint64_t bits = shadow.load(std::memory_order_acquire);
  for (;;) {
    const ShadowWord word(bits);
    if (word.isEscaped()) {
      if (created != 0) details.destroy(created);
      return details.at(word.detail());
    }
    if (created == 0) created = details.create();
    SNAG_CHECK(created != 0);
    DetailBlock& block = details.at(created);
    block.history = WordHistory::fromWord(word);
    if (shadow.compare_exchange_weak(bits, ShadowWord::escapedTo(created).bits(), std::memory_order_acq_rel))
      return block;
  }
}

void DetectorImpl::destroyDetail(uintptr_t address, uint32_t index) {
  destroySynchronisation(address, details.at(index));
  details.destroy(index);
}

void DetectorImpl::destroySyncObject(uint32_t index) {
  if (const uint32_t node = syncObjects.at(index).node; node != 0) lockOrder.remove(node);
  syncObjects.destroy(index);
}

void DetectorImpl::destroySynchronisation(uintptr_t address, DetailBlock& block) {
  while (block.syncObject != 0) {
    const uint32_t next = syncObjects.at(block.syncObject).next;
    destroySyncObject(block.syncObject);
    block.syncObject = next;
  }
  if (block.atomicRecord == 0) return;
  forEachAtomic(block, [this](AtomicRecord& record) { atomicRecords.destroy(atomicRecords.indexOf(record)); });
  block.atomicRecord = 0;
  wordLocks.of(address).noteChange();
}

bool DetectorImpl::isSetOrdered(const ThreadState& thread, SegmentId set) const {
  bool ordered = true;
  segments.forEach(set, [&](SegmentId each) { ordered &= isOrdered(thread, each); });
  return ordered;
}

Epoch DetectorImpl::openEpoch(ThreadState& thread) {
  if (thread.published) {
    thread.clock.set(thread.slot, Epoch{raw(thread.clock.get(thread.slot)) + 1});
    ++thread.clockVersion;
    thread.published = false;
  }
  return thread.clock.get(thread.slot);
}

SegmentId DetectorImpl::beginSegment(ThreadState& thread) {
  SNAG_CHECK(!thread.alone.load(std::memory_order_relaxed));
  compactIfLarge(thread);  // segments without accesses fill the log, too
  if (thread.freeIdCount == 0) collector.refill(thread);
  const SegmentId id{thread.freeIds[--thread.freeIdCount].load(std::memory_order_relaxed)};
  const Epoch epoch = openEpoch(thread);
  const uint32_t chunk = thread.record->log.beginSegment(logs, id, epoch, thread.locks.id(lockSets));
  thread.locks.noteLogged(thread.record->log.lastLocks());
  segments.define(id, {thread.slot, epoch, registry.records().indexOf(*thread.record), chunk});
  segments.markIfMarking(id);  // the collector may have passed this thread
  thread.segment.store(id, std::memory_order_release);
  thread.forgetDecisions();
  thread.crowds.forgetAll();
  if (thread.abi != nullptr) thread.abi->ownHalf = HalfWord{id, 0xff}.bits();
  return id;
}

void DetectorImpl::closeGate(const ThreadState* self) {
  collector.lock().lock();
  gateClosed.store(true, std::memory_order_release);
  waitUntilOthersLeft(*this, self);
}

void DetectorImpl::openGate() {
  gateClosed.store(false, std::memory_order_release);
  collector.lock().unlock();
}

void DetectorImpl::considerAlone(ThreadState& thread) {
  if (!config.skipAlone) return;
  registry.considerAlone(thread);
  if (thread.alone.load(std::memory_order_relaxed)) publish(thread);
}

// Whoever made the new thread can only have been the one that was alone, so the new one knows what that one does. Both
// its clock and its half words are the other thread's own: they are touched while nobody can be inside the detector.
void DetectorImpl::endAloneOfOthers(ThreadState& self) {
  const ThreadState* alone = nullptr;
  registry.forEachState([&](ThreadState& thread) {
    if (&thread != &self && thread.alone.exchange(false, std::memory_order_relaxed)) alone = &thread;
  });
  if (alone == nullptr) return;
  closeGate(&self);
  registry.forEachState([&](ThreadState& thread) {
    if (&thread != alone) return;
    self.clock.join(thread.clock);
    if (thread.abi != nullptr) thread.abi->ownHalf = thread.abi->sharedHalf = SNAG_NO_SEGMENT;
  });
  openGate();
}

ContextId DetectorImpl::newContext(ThreadState& thread, const Place& place) {
  if (const ContextId known = thread.contexts.findAgain(place.site, place.context).id; known != kNoContext)
    return known;
  const ContextId id = contexts.idFor(place);
  thread.contexts.remember(place.site, place.context, id);
  return id;
}

void DetectorImpl::log(ThreadState& thread, const Place& place, uintptr_t address, size_t size) {
  const uint32_t siteSize = place.site != nullptr ? place.site->size : 0;
  const auto bytes = static_cast<uint32_t>(size < UINT32_MAX ? size : UINT32_MAX);
  AccessLog& accessLog = thread.record->log;
  accessLog.append(logs, address, bytes, siteSize, contextFor(thread, place), thread.locks.id(lockSets));
  thread.locks.noteLogged(accessLog.lastLocks());
}

void DetectorImpl::logWithRoom(ThreadState& thread, const Place& place, uintptr_t address, size_t size) {
  compactIfLarge(thread);
  log(thread, place, address, size);
}

void DetectorImpl::compactLog(ThreadState& thread) {
  AccessLog& accessLog = thread.record->log;
  accessLog.compact(logs, segments, registry.records().indexOf(*thread.record), ShadowLiveness(*this),
                    4 * config.logBudgetBytes);
  thread.logLiveBytes = accessLog.bytes();
  thread.locks.noteLogged(accessLog.lastLocks());
  compactions.fetch_add(1, std::memory_order_relaxed);
}

bool DetectorImpl::describe(const LoggedAccess& logged, EarlierAccess* access) const {
  if (logged.segment == kNoSegment || logged.context == kNoContext) return false;
  const SnagSite* site = contexts.entry(logged.context).site;
  access->context = logged.context;
  access->address = logged.address;
  access->size = logged.size != 0 ? logged.size : site != nullptr ? site->size : 0;
  access->isWrite = site != nullptr && (site->kind & (SNAG_SITE_WRITE | SNAG_SITE_FREE | SNAG_SITE_ALLOCATE)) != 0;
  access->isAtomic = site != nullptr && (site->kind & SNAG_SITE_ATOMIC) != 0;
  access->locks = logged.locks;
  access->epoch = logged.epoch;
  return true;
}

bool DetectorImpl::logIsLarge(SegmentId segment) const {
  constexpr size_t kLarge = 1 << 20;
  return registry.records().at(segments.segment(segment).record).log.bytes() > kLarge;
}

EarlierAccess DetectorImpl::findEarlier(SegmentId id, bool isWrite, uintptr_t address, size_t size) {
  const Segment segment = segments.segment(id);
  ThreadRecord& record = registry.records().at(segment.record);
  EarlierAccess best;
  record.log.forSegment(logs, segments, id, [&](const LoggedAccess& logged) {
    EarlierAccess access;
    if (!describe(logged, &access) || access.isWrite != isWrite) return;
    if (access.address < address + size && address < access.address + access.size) best = access;
  });
  if (best.context != kNoContext)
    narrowToElement(contexts.entry(best.context).site, std::max(address, best.address), &best.address, &best.size);
  best.thread = &record;
  best.epoch = segment.epoch;
  best.isWrite = isWrite;
  best.isAtomic = false;
  return best;
}

void waitUntilOthersLeft(DetectorImpl& detector, const ThreadState* self) {
  platform::processBarrier();
  detector.registry.forEachState(
      [&](ThreadState& thread) { thread.awaited = thread.activity.load(std::memory_order_acquire); });
  // The registry is not kept locked meanwhile: a thread inside may be waiting for it.
  for (bool waiting = true; waiting; waiting ? platform::yield() : void()) {
    waiting = false;
    detector.registry.forEachState([&](ThreadState& thread) {
      const bool inside = thread.awaited % 2 != 0 && thread.activity.load(std::memory_order_acquire) == thread.awaited;
      waiting |= inside && &thread != self;
    });
  }
}

}  // namespace snag
