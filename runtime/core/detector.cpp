#include "core/detector.h"

#include "core/access_check.h"
#include "core/atomic_events.h"
#include "core/detector_impl.h"
#include "core/known_atomic.h"
#include "core/lock_misuse.h"
#include "core/memory_events.h"
#include "core/same_epoch.h"
#include "core/sync_events.h"

namespace snag {
namespace {

constexpr size_t kLongRange = 4 * kCellBytes;

// Ranges that reach beyond the program's memory are the program's bug, not ours: it faults by itself.
bool hasShadow(const DetectorImpl& detector, uintptr_t address, size_t size) {
  return size != 0 && address + size > address && detector.shadowed.contains(address) &&
         detector.shadowed.contains(address + size - 1);
}

// The same for a lock, of which only the address counts.
bool hasShadow(const DetectorImpl& detector, uintptr_t lock) { return SNAG_LIKELY(detector.shadowed.contains(lock)); }

// The bytes from which on the thread may not have made this access before in its open segment.
AddressRange unknownPart(const DetectorImpl& detector, const ThreadState& thread, AddressRange range, bool isWrite) {
  const AddressRange none{range.end, range.end};
  const size_t size = range.size();
  if (size == 0) return none;
  const SameEpoch test(*thread.abi, isWrite);
  const size_t offset = range.start % kCellBytes, first = kCellBytes - offset;
  const ShadowCell* const cells = &detector.cell(range.start);
  if (size < kLongRange) return test.holds(cells, offset, size) ? none : range;
  if (!test.holds(cells, offset, first)) return range;
  const size_t words = (size - first) / kCellBytes, last = (size - first) % kCellBytes;
  const size_t passing = test.passing(cells + 1, words);
  if (passing == words && (last == 0 || test.holds(cells + 1 + words, 0, last))) return none;
  return {range.start + first + passing * kCellBytes, range.end};
}

bool isWriteKind(uint8_t kind) { return (kind & (SNAG_SITE_WRITE | SNAG_SITE_FREE)) != 0; }

void checkRange(DetectorImpl& detector, ThreadState& thread, const Place& place, AddressRange range, uint8_t kind) {
  const AddressRange part = unknownPart(detector, thread, range, isWriteKind(kind));
  if (part.size() == 0) return;
  Inside inside(detector, thread);
  thread.counts.ranges += range.size() > kCellBytes;
  AccessCheck(detector, thread, place, range.start, range.size(), kind).run(part);
}

// A range that is worth remembering: what is before and behind the part of it that is remembered already.
void checkLongRange(DetectorImpl& detector, ThreadState& thread, const Place& place, AddressRange range, uint8_t kind) {
  const bool isWrite = isWriteKind(kind);
  const uint32_t forgets = detector.forgets.load(std::memory_order_relaxed) + thread.resumed;
  const auto epoch = [&] { return thread.clock.get(thread.slot); };
  const AddressRange known = thread.segment.load(std::memory_order_relaxed) != kNoSegment
                                 ? thread.ranges.known(range, isWrite, epoch(), forgets)
                                 : AddressRange{range.end, range.end};
  if (known.size() == range.size()) return;
  const AddressRange before = unknownPart(detector, thread, {range.start, known.start}, isWrite),
                     behind = unknownPart(detector, thread, {known.end, range.end}, isWrite);
  if (before.size() + behind.size() != 0) {
    Inside inside(detector, thread);
    ++thread.counts.ranges;
    AccessCheck check(detector, thread, place, range.start, range.size(), kind);
    check.run(before);
    check.run(behind);
  }
  thread.ranges.remember(range, isWrite, epoch(), forgets);
}

// Larger atomics than any processor has (libatomic's, of whole structs) are modelled by their first words: all
// operations on one go through the same lock there.
size_t modelledBytes(uintptr_t address, size_t size) {
  const size_t most = kMaxWordLocks * kCellBytes - address % kCellBytes;
  return size < most ? size : most;
}

}  // namespace

Detector::Detector(const DetectorConfig& config, RaceSink& sink) : impl_(arenaNew<DetectorImpl>(config, sink)) {}
Detector::~Detector() { arenaDelete(impl_); }

ThreadState* Detector::createThread(ThreadState* creator, const Place& place) {
  if (creator == nullptr) {
    ThreadState* thread = impl_->registry.create(nullptr, kNoContext);
    impl_->endAloneOfOthers(*thread);
    impl_->considerAlone(*thread);
    return thread;
  }
  Inside inside(*impl_, *creator);
  impl_->collector.considerThreads(*creator);
  creator->alone.store(false, std::memory_order_relaxed);
  ThreadState* thread = impl_->registry.create(creator, impl_->contextFor(*creator, place));
  thread->phase = creator->phase;
  creator->phaseIsKnown = true;
  impl_->publish(*creator);
  return thread;
}

void Detector::startThread(ThreadState& thread, SnagThread* abi, uint32_t osId) {
  thread.abi = abi;
  thread.record->osId = osId;
  thread.hasJoined = true;  // what is there now means nothing
  thread.closeHalves();
  abi->context = 0;
}

void Detector::expectForeigner(ThreadState& thread) {
  Inside inside(*impl_, thread);
  const bool wasAlone = thread.alone.load(std::memory_order_relaxed);
  impl_->registry.expectForeigner(thread);
  if (wasAlone) impl_->publish(thread);
}

void Detector::finishThread(ThreadState& thread) {
  {
    Inside inside(*impl_, thread);
    bequeathLocks(*impl_, thread);
    impl_->publish(thread);
    thread.show();
    thread.ids.giveBack(impl_->segments);
    thread.abi = nullptr;
  }
  impl_->registry.finish(thread);
}

void Detector::awaitThread(ThreadState& joiner, const ThreadState* awaited) {
  joiner.joins.store(awaited, std::memory_order_relaxed);
}

void Detector::expectInterruptedJoins() { impl_->registry.expectInterruptedJoins(); }

void Detector::joinThread(ThreadState& joiner, ThreadState* joined) {
  Inside inside(*impl_, joiner);
  joiner.learn(joined->clock);
  joiner.joins.store(nullptr, std::memory_order_relaxed);
  joiner.show();
  joiner.phase.join(joined->phase);
  impl_->registry.noteJoin(joiner, *joined);
  impl_->registry.free(*joined);
  impl_->considerAlone(joiner);
}

void Detector::detachThread(ThreadState* detached) { impl_->registry.detach(*detached); }
void Detector::abandonThread(ThreadState* created) { impl_->registry.free(*created); }

void Detector::access(ThreadState& thread, const Place& place, uintptr_t address, size_t size, uint8_t kind) {
  address = impl_->aliases.canonical(address);
  if (thread.ignoreDepth != 0 || !hasShadow(*impl_, address, size)) return;
  thread.noteCheck();
  if (thread.alone.load(std::memory_order_relaxed)) return forgetAtAccess(*impl_, thread, address, size);
  const auto check = size < impl_->config.rememberedRange ? checkRange : checkLongRange;
  check(*impl_, thread, place, {address, address + size}, kind);
}

template <uint32_t size, bool isWrite>
bool Detector::accessWord(ThreadState& thread, const Place& place, uintptr_t address) {
  DetectorImpl& detector = *impl_;
  const size_t offset = address % kCellBytes;
  if (offset + size > kCellBytes || thread.ignoreDepth != 0 || !detector.aliases.empty() ||
      !detector.shadowed.contains(address) || thread.alone.load(std::memory_order_relaxed))
    return false;
  Inside inside(detector, thread);
  const WordRules rules{detector, thread, detector.openSegment(thread), isWrite, !isWrite};
  const SeenWord seen = detector.seeToWrite(thread, address);
  if (SNAG_UNLIKELY(seen.word.showsCrowd())) {
    const bool isDone = rules.joinCrowd(seen, byteMask(offset, size),
                                        [&] { return detector.logShort(thread, place, address, size), true; });
    if (isDone) thread.noteCheck();
    return isDone;
  }
  ShadowWord next;
  if (!rules.rememberTransition(seen.word, offset, size, &next)) return false;
  if (next != seen.word) {
    detector.logShort(thread, place, address, size);  // first: whoever finds this segment in the word finds the place
    if (!rules.publish(seen, next)) return false;
  }
  thread.noteCheck();
  return true;
}

#define SNAG_SIZED_ACCESS(size)                                                                   \
  template bool Detector::accessWord<size, false>(ThreadState&, const Place&, uintptr_t address); \
  template bool Detector::accessWord<size, true>(ThreadState&, const Place&, uintptr_t address);
SNAG_SIZED_ACCESS(1)
SNAG_SIZED_ACCESS(2)
SNAG_SIZED_ACCESS(4)
SNAG_SIZED_ACCESS(8)
#undef SNAG_SIZED_ACCESS

void Detector::allocated(ThreadState& thread, const Place& place, uintptr_t start, size_t size) {
  if (!hasShadow(*impl_, start, size)) return;
  Inside inside(*impl_, thread);
  markAllocated(*impl_, thread, place, start, size);
}

void Detector::freed(ThreadState& thread, const Place& place, uintptr_t start, size_t size) {
  if (!hasShadow(*impl_, start, size)) return;
  Inside inside(*impl_, thread);
  markFreed(*impl_, thread, place, start, size);
}

void Detector::forgetRange(uintptr_t start, size_t size) {
  if (hasShadow(*impl_, start, size)) snag::forgetRange(*impl_, start, size);
}

void Detector::unmapping(ThreadState& thread, const Place& place, uintptr_t start, size_t size) {
  if (!hasShadow(*impl_, start, size)) return;
  Inside inside(*impl_, thread);
  if (thread.ignoreDepth == 0) reportHeldLocks(*impl_, thread, place, start, size);
  snag::forgetRange(*impl_, start, size);
}

void Detector::expectLock(uintptr_t lock) const {
  if (!hasShadow(*impl_, lock)) return;
  const ShadowWord word(impl_->cell(lock).load(std::memory_order_relaxed));
  if (const WordBlock* block = impl_->findBlock(word); block != nullptr) __builtin_prefetch(block);
}

void Detector::lockAcquired(ThreadState& thread, const Place& place, uintptr_t lock, LockMode mode) {
  lock = impl_->aliases.canonical(lock);
  if (!hasShadow(*impl_, lock)) return;
  Inside inside(*impl_, thread);
  acquireLock(*impl_, thread, lock, mode, impl_->contextFor(thread, place));
}

void Detector::lockReleased(ThreadState& thread, uintptr_t lock, LockMode mode, const Place& place) {
  lock = impl_->aliases.canonical(lock);
  if (!hasShadow(*impl_, lock)) return;
  Inside inside(*impl_, thread);
  releaseLock(*impl_, thread, lock, mode, place.pc != 0 ? impl_->contextFor(thread, place) : kNoContext);
}

void Detector::lockDestroyed(ThreadState& thread, uintptr_t lock) {
  lock = impl_->aliases.canonical(lock);
  if (!hasShadow(*impl_, lock)) return;
  Inside inside(*impl_, thread);
  destroyObject(*impl_, lock);
}

void Detector::lockDestroyed(ThreadState& thread, const Place& place, uintptr_t lock) {
  lock = impl_->aliases.canonical(lock);
  if (!hasShadow(*impl_, lock)) return;
  Inside inside(*impl_, thread);
  destroyObject(*impl_, lock);
  impl_->destroyedLocks.remember(lock,
                                 {thread.record->index(), thread.record->number, impl_->contextFor(thread, place), 0});
}

void Detector::lockWanted(ThreadState& thread, const Place& place, uintptr_t lock, LockMode mode) {
  lock = impl_->aliases.canonical(lock);
  if (thread.locks.count() == 0 || !hasShadow(*impl_, lock)) return;
  Inside inside(*impl_, thread);
  wantLock(*impl_, thread, place, lock, mode);
}

void Detector::reportLockMisuse(ThreadState& thread, const Place& place, MisuseKind kind, uintptr_t lock) {
  lock = impl_->aliases.canonical(lock);
  if (!hasShadow(*impl_, lock)) return;
  Inside inside(*impl_, thread);
  snag::reportLockMisuse(*impl_, thread, place, kind, lock);
}

Detector::LockHolder Detector::lockHolder(ThreadState& thread, uintptr_t lock) {
  lock = impl_->aliases.canonical(lock);
  if (!hasShadow(*impl_, lock)) return {nullptr, false};
  Inside inside(*impl_, thread);
  const LockUse use = lockUse(*impl_, lock);
  return {userOf(*impl_, use), use.holds != 0};
}

void Detector::acquire(ThreadState& thread, uintptr_t object) {
  object = impl_->aliases.canonical(object);
  if (!hasShadow(*impl_, object, 1)) return;
  Inside inside(*impl_, thread);
  acquireObject(*impl_, thread, object);
}

void Detector::release(ThreadState& thread, uintptr_t object) {
  object = impl_->aliases.canonical(object);
  if (!hasShadow(*impl_, object, 1)) return;
  Inside inside(*impl_, thread);
  releaseObject(*impl_, thread, object);
}

void Detector::conditionSignalled(ThreadState& thread, uintptr_t condition) {
  Inside inside(*impl_, thread);
  impl_->phases.handOver(thread, impl_->aliases.canonical(condition));
}

void Detector::conditionAwaited(ThreadState& thread, uintptr_t condition) {
  Inside inside(*impl_, thread);
  impl_->phases.acquire(thread, impl_->aliases.canonical(condition));
}

void Detector::acquireFrom(ThreadState& thread, const VectorClock& clock) {
  Inside inside(*impl_, thread);
  thread.learn(clock);
  impl_->phases.acquire(thread, reinterpret_cast<uintptr_t>(&clock));
}

void Detector::releaseTo(ThreadState& thread, VectorClock& clock) {
  Inside inside(*impl_, thread);
  clock.join(thread.clock);
  impl_->phases.release(thread, reinterpret_cast<uintptr_t>(&clock));
  impl_->publish(thread);
}

void Detector::atomicEnter(ThreadState& thread, const Place& place, uintptr_t address, size_t size) {
  address = impl_->aliases.canonical(address);
  if (thread.alone.load(std::memory_order_relaxed)) return;  // all threads to come know what it could tell
  if (hasShadow(*impl_, address, size)) enterAtomic(*impl_, thread, place, address, modelledBytes(address, size));
}

void Detector::atomicEnter(ThreadState& thread, const Place& place, uintptr_t address, size_t size,
                           AtomicOperation operation, MemoryOrder order) {
  if (!enterKnownAtomic(*impl_, thread, place, address, size, operation, order))
    atomicEnter(thread, place, address, size);
}

bool Detector::isKnownLoad(ThreadState& thread, uintptr_t address, size_t size, MemoryOrder order) {
  return findKnownAtomic(*impl_, thread, address, size, AtomicMemo::effectsOf(AtomicOperation::Load, order),
                         &thread.knownAtomic);
}

void Detector::atomicLeave(ThreadState& thread, uintptr_t address, size_t size, AtomicOperation operation,
                           MemoryOrder order) {
  if (leaveKnownAtomic(thread, operation, order)) return;
  address = impl_->aliases.canonical(address);
  if (thread.isInKnownAtomic) {
    thread.isInKnownAtomic = false;
    KnownAtomic known;
    if (!findKnownAtomic(*impl_, thread, address, size, AtomicMemo::effectsOf(operation, order), &known) ||
        !known.holds())
      catchUpWithAtomic(*impl_, thread, address, size, operation, order);
    return;
  }
  if (thread.wordLockCount == 0) return;
  leaveAtomic(*impl_, thread, address, modelledBytes(address, size), operation, order);
}

void Detector::fence(ThreadState& thread, MemoryOrder order) {
  Inside inside(*impl_, thread);
  fenceThread(*impl_, thread, order);
}

void Detector::aliasRange(uintptr_t start, size_t size, uintptr_t canonical) {
  impl_->aliases.add(start, size, canonical);
  impl_->segments.endAnswersForGood();  // quickAccess does not ask whether there are aliases
}
void Detector::forgetAliases(uintptr_t start, size_t size) { impl_->aliases.remove(start, size); }

Detector::ContextInfo Detector::context(ContextId id) const {
  if (id == kNoContext) return {nullptr, nullptr, 0};
  const ContextEntry& entry = impl_->contexts.entry(id);
  return {entry.site, entry.stack->frames, entry.stack->count};
}

void Detector::reportMisuse(ThreadState& thread, const Misuse& misuse) { impl_->sink.onMisuse(thread, misuse); }

ContextId Detector::contextFor(ThreadState& thread, const Place& place) { return impl_->contextFor(thread, place); }

const Detector::HeldLockInfo* Detector::lockSet(LockSetId id, size_t* count) const {
  return impl_->lockSets.get(id, count);
}

LockSetId Detector::heldLocks(ThreadState& thread) { return thread.locks.id(impl_->lockSets); }

void Detector::visitAccesses(uintptr_t start, uintptr_t end, size_t limit, AccessVisitor visit, void* argument) {
  impl_->registry.forEachRecord([&](ThreadRecord& record) {
    record.log.forAll(impl_->logs, [&](const LoggedAccess& logged) {
      EarlierAccess access;
      if (limit == 0 || !impl_->describe(logged, &access)) return limit != 0;
      if (access.address >= end || start >= access.address + access.size) return true;
      access.thread = &record;
      visit(argument, access);
      return --limit != 0;
    });
  });
}

const ThreadRecord* Detector::threadRecord(uint32_t number) const {
  const ThreadRecord* found = nullptr;
  impl_->registry.forEachRecord([&](const ThreadRecord& record) {
    if (record.number == number) found = &record;
  });
  return found;
}

const ThreadRecord* Detector::threadOfAddress(uintptr_t address) const {
  const ThreadRecord* found = nullptr;
  impl_->registry.forEachRecord([&](const ThreadRecord& record) {
    const bool inStack = record.stackStart <= address && address < record.stackEnd;
    const bool inTls = record.tlsStart <= address && address < record.tlsEnd;
    if (!record.finished && (inStack || inTls)) found = &record;
  });
  return found;
}

DetectorStatistics Detector::statistics() const {
  DetectorStatistics statistics;
  statistics.counts = impl_->registry.finishedCounts();
  impl_->registry.forEachState([&](const ThreadState& thread) { statistics.counts += thread.counts; });
  statistics.races = impl_->races.load(std::memory_order_relaxed);
  statistics.forgotten = impl_->forgotten.load(std::memory_order_relaxed);
  statistics.collections = impl_->collector.collections();
  statistics.compactions = impl_->compactions.load(std::memory_order_relaxed);
  statistics.cuts = impl_->cuts.load(std::memory_order_relaxed);
  statistics.threads = impl_->registry.created();
  return statistics;
}

void Detector::beforeFork() { impl_->closeGate(nullptr); }
void Detector::afterForkInParent() { impl_->openGate(); }

void Detector::afterForkInChild(ThreadState& survivor) {
  impl_->registry.keepOnly(survivor);
  afterForkInParent();
}

void Detector::collectSegments(ThreadState& thread) {
  Inside inside(*impl_, thread);
  impl_->collector.collect(thread);
}

}  // namespace snag
