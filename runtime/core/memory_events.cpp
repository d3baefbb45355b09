// Blocks of memory: handed out, given back, forgotten.
#include "core/memory_events.h"
#include "core/access_check.h"
#include "core/detector_impl.h"
#include "core/lock_misuse.h"
#include "core/word_range.h"

namespace snag {
namespace {

constexpr size_t kPage = 4096;
// Beyond this a range is forgotten by dropping whole shadow pages.
constexpr size_t kLargeRange = 16 * kPage;

// Held locks found in memory that goes. A few are enough for the reader.
struct HeldInRange {
  static constexpr size_t kMost = 4;
  uintptr_t locks[kMost];
  LockUse uses[kMost];
  size_t count = 0;
};

// The caller holds the word's lock.
void findHeld(const DetectorImpl& detector, const WordBlock& block, uintptr_t word, HeldInRange& held) {
  for (uint32_t index = block.syncObject; index != 0; index = detector.syncObjects.at(index).next) {
    const SyncObject& object = detector.syncObjects.at(index);
    if (held.count == HeldInRange::kMost || !isHeldByRunningThread(detector, object.use)) continue;
    held.locks[held.count] = (word & ~(kCellBytes - 1)) + object.offset;
    held.uses[held.count++] = object.use;
  }
}

void reportHeld(DetectorImpl& detector, ThreadState& thread, const Place& place, const HeldInRange& held) {
  for (size_t i = 0; i < held.count; ++i)
    reportLockMisuse(detector, thread, place, MisuseKind::FreeOfLocked, held.locks[i], &held.uses[i]);
}

void findHeldInWord(const DetectorImpl& detector, WordLocks& locks, uintptr_t address, HeldInRange& held) {
  if (!ShadowWord(detector.cell(address).load(std::memory_order_acquire)).isEscaped()) return;
  SpinGuard guard(locks.of(address));
  const ShadowWord word(detector.cell(address).load(std::memory_order_acquire));
  if (word.isEscaped()) findHeld(detector, detector.blockOf(word), address, held);
}

// Puts `next` in the place of whatever the word says.
void replaceWord(DetectorImpl& detector, uintptr_t address, ShadowWord next) {
  ShadowCell& cell = detector.cell(address);
  for (;;) {
    const SeenWord seen = detector.see(cell);
    if (seen.word.isEscaped()) break;
    if (detector.replace(seen, next)) return;
  }
  SpinGuard guard(detector.wordLocks.of(address));
  const ShadowWord word(cell.load(std::memory_order_acquire));
  if (word.isEscaped()) detector.destroyBlock(address, word);
  cell.store(next.bits(), std::memory_order_release);
}

void forgetWords(DetectorImpl& detector, uintptr_t start, size_t size) {
  forEachWord(start, size, [&](uintptr_t word, ByteMask) {
    if (detector.cell(word).load(std::memory_order_acquire) != 0) replaceWord(detector, word, ShadowWord());
  });
}

// The history of one word, but not what lives there.
void forgetHistory(DetectorImpl& detector, uintptr_t address) {
  ShadowCell& cell = detector.cell(address);
  for (;;) {
    const SeenWord seen = detector.see(cell);
    if (seen.word == ShadowWord()) return;
    if (seen.word.isEscaped()) break;
    if (detector.replace(seen, ShadowWord())) return;
  }
  SpinGuard guard(detector.wordLocks.of(address));
  const ShadowWord word(cell.load(std::memory_order_acquire));
  if (word.isEscaped()) detector.setHistory(address, word, {});
}

// Escaped words own more than their eight bytes, so they are looked for where shadow is resident before its pages go.
void dropShadowPages(DetectorImpl& detector, uintptr_t shadowStart, uintptr_t shadowEnd) {
  platform::visitResident(
      shadowStart, shadowEnd,
      [](void* argument, uintptr_t start, uintptr_t end) {
        auto& self = *static_cast<DetectorImpl*>(argument);
        for (uintptr_t shadow = start; shadow < end; shadow += sizeof(ShadowCell))
          if (ShadowWord(reinterpret_cast<const ShadowCell*>(shadow)->load(std::memory_order_relaxed)).isEscaped())
            replaceWord(self, self.config.layout.addressOf(shadow), ShadowWord());
      },
      &detector);
  platform::dropPages(shadowStart, shadowEnd - shadowStart);
}

}  // namespace

void markAllocated(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t start, size_t size) {
  if (thread.alone.load(std::memory_order_relaxed)) return forgetRange(detector, start, size);
  detector.compactIfLarge(thread);
  if (thread.ignoreDepth != 0) return forgetWords(detector, start, size);
  const SegmentId own = detector.openSegment(thread);
  detector.log(thread, place, start, size);
  // Nobody else has the memory: a plain store will do. An access that comes at this moment all the same has been
  // checked against what the word said before.
  forEachWord(start, size, [&](uintptr_t word, ByteMask bytes) {
    ShadowCell& cell = detector.cell(word);
    const ShadowWord next({own, bytes}, {kNoSegment, 0});
    if (bytes != 0xff || detector.seeToWrite(thread, word).word.isEscaped())
      replaceWord(detector, word, next);
    else
      cell.store(next.bits(), std::memory_order_release);
  });
}

// Only what is touched bit by bit, and not with one sweep over much of it, is worth the clearing.
void forgetAtAccess(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size) {
  constexpr size_t kMost = 64;
  if (size > kMost) return;
  uint64_t known = 0;
  forEachWord(address, size,
              [&](uintptr_t word, ByteMask) { known |= detector.cell(word).load(std::memory_order_relaxed); });
  if (known == 0) return;  // the usual case, for which nobody needs to step inside
  Inside inside(detector, thread);
  forEachWord(address, size, [&](uintptr_t word, ByteMask) { forgetHistory(detector, word); });
}

void markFreed(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t start, size_t size) {
  const bool isAlone = thread.alone.load(std::memory_order_relaxed);
  if (thread.ignoreDepth == 0 && !isAlone)
    AccessCheck(detector, thread, place, start, size, SNAG_SITE_WRITE | SNAG_SITE_FREE).run({start, start + size});
  HeldInRange held;
  forEachWord(start, size, [&](uintptr_t address, ByteMask) {
    ShadowCell& cell = detector.cell(address);
    if (!ShadowWord(cell.load(std::memory_order_acquire)).isEscaped()) return;
    SpinGuard guard(detector.wordLocks.of(address));
    const ShadowWord word(cell.load(std::memory_order_acquire));
    if (!word.isEscaped()) return;
    findHeld(detector, detector.blockOf(word), address, held);
    const WordHistory history = isAlone ? WordHistory() : detector.historyOf(word);
    detector.destroyBlock(address, word);
    cell.store(detector.wordFor(history).bits(), std::memory_order_release);
  });
  if (thread.ignoreDepth == 0) reportHeld(detector, thread, place, held);
}

void reportHeldLocks(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t start, size_t size) {
  struct Visit {
    DetectorImpl& detector;
    HeldInRange held;
  } visit{detector, {}};
  const uintptr_t first = detector.config.layout.shadowOf(start),
                  last = detector.config.layout.shadowOf(start + size - 1);
  if (last - first >= size) return;  // more than one range of the layout
  platform::visitResident(
      first & ~(kPage - 1), (last | (kPage - 1)) + 1,
      [](void* argument, uintptr_t from, uintptr_t to) {
        auto& self = *static_cast<Visit*>(argument);
        for (uintptr_t shadow = from; shadow < to; shadow += sizeof(ShadowCell))
          findHeldInWord(self.detector, self.detector.wordLocks, self.detector.config.layout.addressOf(shadow),
                         self.held);
      },
      &visit);
  reportHeld(detector, thread, place, visit.held);
}

void forgetRange(DetectorImpl& detector, uintptr_t start, size_t size) {
  detector.forgets.fetch_add(1, std::memory_order_relaxed);
  if (size < kLargeRange) return forgetWords(detector, start, size);
  // Shadow words are as large as what they describe, and the layout keeps offsets within a page: the pages correspond.
  const uintptr_t firstPage = (start + kPage - 1) & ~(kPage - 1), lastPage = (start + size) & ~(kPage - 1);
  forgetWords(detector, start, firstPage - start);
  forgetWords(detector, lastPage, start + size - lastPage);
  for (size_t i = 0; i < detector.config.layout.ranges; ++i) {
    const AddressRange& range = detector.config.layout.program[i];
    const uintptr_t from = firstPage > range.start ? firstPage : range.start;
    const uintptr_t to = lastPage < range.end ? lastPage : range.end;
    if (from < to)
      dropShadowPages(detector, detector.config.layout.shadowOf(from), detector.config.layout.shadowOf(to - 1) + 8);
  }
}

}  // namespace snag
