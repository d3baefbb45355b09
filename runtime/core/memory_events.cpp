// Blocks of memory: handed out, given back, forgotten.
#include "core/memory_events.h"
#include "core/access_check.h"
#include "core/detector_impl.h"
#include "core/word_range.h"

namespace snag {
namespace {

constexpr size_t kPage = 4096;
// Beyond this a range is forgotten by dropping whole shadow pages.
constexpr size_t kLargeRange = 16 * kPage;

// Puts `next` in the place of whatever the word says.
void replaceWord(DetectorImpl& detector, uintptr_t address, ShadowWord next) {
  ShadowCell& cell = detector.cell(address);
  uint64_t bits = cell.load(std::memory_order_acquire);
  while (!ShadowWord(bits).isEscaped())
    if (cell.compare_exchange_weak(bits, next.bits(), std::memory_order_acq_rel)) return;
  SpinGuard guard(detector.wordLocks.of(address));
  const ShadowWord word(cell.load(std::memory_order_acquire));
  if (word.isEscaped()) detector.destroyDetail(word.detail());
  cell.store(next.bits(), std::memory_order_release);
}

void forgetWords(DetectorImpl& detector, uintptr_t start, size_t size) {
  forEachWord(start, size, [&](uintptr_t word, ByteMask) { replaceWord(detector, word, ShadowWord()); });
}

// Escaped words own more than their eight bytes, so they are looked for where shadow is resident before its pages go.
void dropShadowPages(DetectorImpl& detector, uintptr_t shadowStart, uintptr_t shadowEnd) {
  platform::visitResident(
      shadowStart, shadowEnd,
      [](void* argument, uintptr_t start, uintptr_t end) {
        auto& self = *static_cast<DetectorImpl*>(argument);
        for (uintptr_t shadow = start; shadow < end; shadow += sizeof(ShadowCell))
          if (ShadowWord(reinterpret_cast<const ShadowCell*>(shadow)->load(std::memory_order_relaxed)).isEscaped())
            replaceWord(self, shadow ^ self.config.layout.shadowXor, ShadowWord());
      },
      &detector);
  platform::dropPages(shadowStart, shadowEnd - shadowStart);
}

}  // namespace

void markAllocated(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t start, size_t size) {
  detector.compactIfLarge(thread);
  if (thread.ignoreDepth != 0) return forgetWords(detector, start, size);
  const SegmentId own = detector.openSegment(thread);
  detector.log(thread, place, start, size);
  forEachWord(start, size, [&](uintptr_t word, ByteMask bytes) {
    replaceWord(detector, word, ShadowWord({own, bytes}, {kNoSegment, 0}));
  });
}

void markFreed(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t start, size_t size) {
  if (thread.ignoreDepth == 0)
    AccessCheck(detector, thread, place, start, size, SNAG_SITE_WRITE | SNAG_SITE_FREE).run();
  forEachWord(start, size, [&](uintptr_t address, ByteMask) {
    ShadowCell& cell = detector.cell(address);
    if (!ShadowWord(cell.load(std::memory_order_acquire)).isEscaped()) return;
    SpinGuard guard(detector.wordLocks.of(address));
    const ShadowWord word(cell.load(std::memory_order_acquire));
    if (!word.isEscaped()) return;
    DetailBlock& block = detector.details.at(word.detail());
    detector.destroySynchronisation(block);
    ShadowWord next;
    if (!block.history().toWord(&next)) return;
    cell.store(next.bits(), std::memory_order_release);
    detector.details.destroy(word.detail());
  });
}

void forgetRange(DetectorImpl& detector, uintptr_t start, size_t size) {
  if (size < kLargeRange) return forgetWords(detector, start, size);
  // Shadow words are as large as what they describe, and the XOR keeps offsets within a page: the pages correspond.
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
