#include "core/detector_impl.h"

#include <algorithm>

#include "core/log_compaction.h"
#include "core/shadow_liveness.h"

namespace snag {
namespace {

constexpr uint32_t kMaxDetails = 1u << 30;  // address space only: 64 GiB
constexpr uint32_t kMaxObjects = 1u << 26;
constexpr uint32_t kMaxLogChunks = 1u << 26;
static_assert(DetectorConfig{}.logChunkEntries == LogChunk::kEntries);

}  // namespace

DetectorImpl::DetectorImpl(const DetectorConfig& configuration, RaceSink& raceSink)
    : config(configuration),
      shadowed(configuration.layout),
      sink(raceSink),
      segments(configuration.segmentIds),
      details(kMaxDetails),
      syncObjects(kMaxObjects),
      atomicBlocks(kMaxObjects),
      atomicClocks(kMaxObjects),
      logs(kMaxLogChunks),
      registry(config.logChunkEntries),
      collector(*this) {
  SNAG_CHECK(shadowed.isWhole());
}

DetectorImpl::~DetectorImpl() = default;

// --- blocks of escaped words ------------------------------------------------------------------------------

namespace {

// True and *word set if a word can tell the history without a block. A crowd belongs to the block that names it.
bool fitsWord(const DetectorImpl& detector, const WordHistory& history, ShadowWord* word) {
  return detector.crowdOf(history) == kNoSegment && history.toWord(word);
}

}  // namespace

WordBlock& DetectorImpl::block(uintptr_t address) {
  uint32_t created = 0;
  for (;;) {
    const SeenWord seen = see(cell(address));
    if (seen.word.isEscaped()) {
      if (created != 0) details.destroy(created);
      return blockOf(seen.word);
    }
    if (created == 0) created = details.create();
    SNAG_CHECK(created != 0);
    DetailBlock& block = details.at(created);
    block.history = WordHistory::fromWord(seen.word);
    if (replace(seen, ShadowWord::escapedTo(created))) return block;
  }
}

AtomicBlock& DetectorImpl::makeAtomicBlock(uintptr_t address) {
  const uint32_t created = atomicBlocks.create();
  SNAG_CHECK(created != 0);
  AtomicBlock& block = atomicBlocks.at(created);
  for (;;) {
    const SeenWord seen = see(cell(address));
    block.plain = seen.word;
    block.syncObject = block.plain.isEscaped() ? details.at(block.plain.detail()).syncObject : 0;
    if (replace(seen, ShadowWord::atomicAt(created))) break;
  }
  if (!block.plain.isEscaped()) return block;
  details.at(block.plain.detail()).syncObject = 0;  // it is the atomic block's now
  WordHistory history = details.at(block.plain.detail()).history;
  endCrowd(history);
  setPlainHistory(block, history);
  return block;
}

// Who stores a segment there from now on finds the word changed, and must not find that segment among the readers then:
// it would take for done what has not been compared with the atomic accesses.
void DetectorImpl::endCrowd(WordHistory& history) {
  const SegmentId crowd = crowdOf(history);
  if (crowd == kNoSegment) return;
  boost::container::small_vector<SegmentId, 16, ArenaAllocator<SegmentId>> members;
  segments.forEach(crowd, [&](SegmentId each) { members.push_back(each); });
  std::sort(members.begin(), members.end());
  const SegmentId set = segments.intern(members.data(), static_cast<uint32_t>(members.size()));
  if (set == kNoSegment) forgotten.fetch_add(1, std::memory_order_relaxed);
  history.setReader(history.readBy(crowd), set);
}

void DetectorImpl::setPlainHistory(AtomicBlock& block, const WordHistory& history) {
  ShadowWord packed;
  const ShadowWord before = block.plain;
  if (fitsWord(*this, history, &packed)) {
    block.plain = packed;
    if (before.isEscaped()) details.destroy(before.detail());
  } else if (before.isEscaped()) {
    details.at(before.detail()).history = history;
    block.plain = escapedWord(before.detail(), history);
  } else {
    block.plain = wordFor(history);
  }
}

ShadowWord DetectorImpl::wordFor(const WordHistory& history) {
  ShadowWord word;
  if (fitsWord(*this, history, &word)) return word;
  const uint32_t created = details.create();
  SNAG_CHECK(created != 0);
  details.at(created).history = history;
  return escapedWord(created, history);
}

void DetectorImpl::setHistory(uintptr_t address, ShadowWord word, const WordHistory& history) {
  if (word.isAtomic()) return setPlainHistory(atomicBlocks.at(word.atomicBlock()), history);
  DetailBlock& block = details.at(word.detail());
  ShadowWord packed;
  if (block.syncObject != 0 || !fitsWord(*this, history, &packed)) {
    block.history = history;
    return cell(address).store(escapedWord(word.detail(), history).bits(), std::memory_order_release);
  }
  cell(address).store(packed.bits(), std::memory_order_release);
  details.destroy(word.detail());
}

void DetectorImpl::destroyBlock(uintptr_t address, ShadowWord word) {
  WordBlock& first = blockOf(word);
  while (first.syncObject != 0) {
    const uint32_t next = syncObjects.at(first.syncObject).next;
    destroySyncObject(first.syncObject);
    first.syncObject = next;
  }
  if (!word.isAtomic()) return details.destroy(word.detail());
  const ShadowWord plain = atomicBlocks.at(word.atomicBlock()).plain;
  if (plain.isEscaped()) details.destroy(plain.detail());
  forEachAtomic(word, [this](const AtomicRecord& record) {
    if (record.clock != 0) atomicClocks.destroy(record.clock);
  });
  for (uint32_t index = word.atomicBlock(); index != 0;) {
    const uint32_t next = atomicBlocks.at(index).next;
    atomicBlocks.destroy(index);
    index = next;
  }
  wordLocks.of(address).noteChange();
}

void DetectorImpl::destroySyncObject(uint32_t index) {
  if (const uint32_t node = syncObjects.at(index).node; node != 0) lockOrder.remove(node);
  syncObjects.destroy(index);
}

bool DetectorImpl::isSetOrdered(const ThreadState& thread, SegmentId set) const {
  bool ordered = true;
  segments.forEach(set, [&](SegmentId each) { ordered &= isOrdered(thread, each); });
  return ordered;
}

bool DetectorImpl::isBehindAll(SegmentId id) const {
  bool behind = true;
  segments.forEach(id, [&](SegmentId each) {
    const SegmentTime time = segments.time(each);
    behind &= registry.isBehindAll(time.slot, time.epoch);
  });
  return behind;
}

SNAG_ALWAYS_INLINE SegmentId DetectorImpl::defineSegment(ThreadState& thread, SegmentId id, Epoch epoch) {
  const uint32_t chunk = thread.record->log.beginSegment(logs, id, epoch, thread.locks.id(lockSets));
  thread.locks.noteLogged(thread.record->log.lastLocks());
  thread.joins.store(nullptr, std::memory_order_relaxed);  // a signal's handler, which may never return
  segments.define(id, {thread.slot, epoch, thread.record->index(), chunk});
  segments.markIfMarking(id);  // the collector may have passed this thread
  thread.segment.store(id, std::memory_order_release);
  thread.forgetDecisions();
  ++thread.counts.segments;
  const uint64_t checks = thread.counts.checks.get();
  thread.transitions.considerUse(checks, checks - thread.counts.decided.get());
  thread.transitions.open();
  if (thread.abi != nullptr) thread.abi->ownHalf = HalfWord{id, 0xff}.bits();
  return id;
}

SegmentId DetectorImpl::beginSegment(ThreadState& thread) {
  SNAG_CHECK(!thread.alone.load(std::memory_order_relaxed));
  compactIfLarge(thread);  // segments without accesses fill the log, too
  const Epoch epoch = openEpoch(thread);
  const SegmentId id = thread.ids.takeFor(epoch);
  return defineSegment(thread, SNAG_LIKELY(id != kNoSegment) ? id : collector.refill(thread, epoch), epoch);
}

// Does not look after the log: the ids at hand last for a few segments only.
SegmentId DetectorImpl::beginSegmentQuickly(ThreadState& thread) {
  if (thread.alone.load(std::memory_order_relaxed)) return kNoSegment;
  const Epoch epoch = openEpoch(thread);
  const SegmentId id = thread.ids.takeFor(epoch);
  return SNAG_LIKELY(id != kNoSegment) ? defineSegment(thread, id, epoch) : kNoSegment;
}

void DetectorImpl::closeGate(const ThreadState* self) {
  collector.lock().lock();
  gateClosed.store(true, std::memory_order_release);
  segments.suspendAnswers();
  waitUntilOthersLeft(*this, self);
}

void DetectorImpl::openGate() {
  segments.resumeAnswers();
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

bool DetectorImpl::logKnown(ThreadState& thread, const SnagSite* site, uint64_t context, uintptr_t address,
                            uint32_t size) {
  ContextCache::Known known = thread.contexts.find(site, context);
  if (known.id == kNoContext) known = thread.contexts.findAgain(site, context);
  AccessLog& accessLog = thread.record->log;
  if (known.shortSize == 0 || accessLog.isFull()) return false;
  accessLog.append(logs, address, size, known.shortSize, known.id, thread.locks.id(lockSets));
  thread.locks.noteLogged(accessLog.lastLocks());
  return true;
}

void DetectorImpl::logWithRoom(ThreadState& thread, const Place& place, uintptr_t address, size_t size) {
  compactIfLarge(thread);
  log(thread, place, address, size);
}

// Others may drop what they know that this thread knows: it tells them each few entries.
void DetectorImpl::logHasGrown(ThreadState& thread) {
  AccessLog& log = thread.record->log;
  thread.seenChunk = log.lastChunk();
  thread.show();
  registry.raiseBehindAll(thread);
  const size_t threshold = thread.logThreshold(config.smallLogBytes);
  if (log.bytes() <= threshold) return;
  const Epoch known = cutLog(thread, threshold / 2);
  if (log.bytes() <= threshold - threshold / 4) return;
  // What was too much before is known by now, and would have gone without a look.
  const bool isWorthWaiting = known >= thread.logTooLargeAt && logs.inUse() * sizeof(LogChunk) < config.patientLogBytes;
  thread.logTooLargeAt = thread.clock.get(thread.slot);
  if (isWorthWaiting)
    thread.logPatience = 2 * threshold;
  else
    compactLog(thread);
}

// Returns up to where the thread's past is known, or less than anything that is asked.
Epoch DetectorImpl::cutLog(ThreadState& thread, size_t bytes) {
  AccessLog& log = thread.record->log;
  const Epoch least = std::min(log.leastKnown(logs), thread.logTooLargeAt);
  const Epoch known = registry.knownToOthers(thread, least);
  if (log.dropKnown(logs, known, bytes)) cuts.fetch_add(1, std::memory_order_relaxed);
  return known;
}

void DetectorImpl::compactLog(ThreadState& thread) {
  AccessLog& accessLog = thread.record->log;
  ShadowLiveness liveness(*this);
  accessLog.compact(logs, segments, liveness, config.logBudgetBytes);
  thread.logLiveBytes = accessLog.bytes();
  thread.locks.noteLogged(accessLog.lastLocks());
  compactions.fetch_add(1, std::memory_order_relaxed);
}

bool DetectorImpl::describe(const LoggedAccess& logged, EarlierAccess* access) const {
  if (logged.segment == kNoSegment || logged.context == kNoContext) return false;
  const SnagSite* site = contexts.entry(logged.context).site;
  access->context = logged.context;
  access->address = logged.address;
  access->size = sizeOf(contexts, logged);
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

namespace {

// Whether the thread has been inside the detector ever since noteWhere.
bool isStillInside(const ThreadState& thread) {
  if (thread.awaited % 2 != 0 && thread.activity.load(std::memory_order_acquire) == thread.awaited) return true;
  // Who comes and goes is mostly found inside, but counts what it does, as the last thing that it does.
  return thread.inRuntime.load(std::memory_order_acquire) == WhereInRuntime::InQuick &&
         thread.counts.checks.get() == thread.awaitedChecks;
}

void noteWhere(ThreadState& thread) {
  thread.awaited = thread.activity.load(std::memory_order_acquire);
  thread.awaitedChecks = thread.counts.checks.get();
}

}  // namespace

void waitUntilOthersLeft(DetectorImpl& detector, const ThreadState* self) {
  platform::processBarrier();
  detector.registry.forEachState(noteWhere);
  // The registry is not kept locked meanwhile: a thread inside may be waiting for it.
  for (bool waiting = true; waiting; waiting ? platform::yield() : void()) {
    waiting = false;
    detector.registry.forEachState([&](ThreadState& thread) { waiting |= &thread != self && isStillInside(thread); });
  }
}

}  // namespace snag
