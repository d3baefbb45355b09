// Which entries of a log can still be asked for: those that the shadow of one of their words names.
#ifndef SNAG_CORE_SHADOW_LIVENESS_H
#define SNAG_CORE_SHADOW_LIVENESS_H

#include "core/detector_impl.h"

namespace snag {

// The bytes of an access that has a context.
inline uint32_t sizeOf(const ContextTable& contexts, const LoggedAccess& logged) {
  if (logged.size != 0) return logged.size;
  const SnagSite* site = contexts.entry(logged.context).site;
  return site != nullptr ? site->size : 0;
}

// For one compaction, by the log's owner.
class ShadowLiveness {
 public:
  explicit ShadowLiveness(DetectorImpl& detector) : detector_(detector) {}

  // Most words either name the segment or have been taken over by another one: both is told without a call.
  bool isLive(const LoggedAccess& access) {
    const ShadowWord word(detector_.cell(access.address).load(std::memory_order_acquire));
    const SegmentId writer = word.writer().id, reader = word.reader().id;
    const bool isInline = !word.isEscaped();
    if (isInline && (writer == access.segment || reader == access.segment)) return true;
    if (isInline && isInOneWord(access) && !detector_.segments.isSet(writer) && !detector_.segments.isSet(reader))
      return false;
    if (SNAG_UNLIKELY(word.showsCrowd()) && isInOneWord(access)) return crowdNames(word.reader().id, access.segment);
    return isAnyWordLive(access);
  }

  uint32_t sizeOf(const LoggedAccess& access) {
    if (access.size != 0) return access.size;
    Known& known = known_[raw(access.context) % kKnown];
    if (known.context != access.context) known = {access.context, snag::sizeOf(detector_.contexts, access)};
    return known.size;
  }

  void willAsk(uintptr_t address) const {
    if (detector_.shadowed.contains(address)) __builtin_prefetch(&detector_.cell(address));
  }

 private:
  static bool isInOneWord(const LoggedAccess& access) {
    return access.size == 0 || access.address % kCellBytes + access.size <= kCellBytes;
  }

  // Few sites make most of a log, and to ask for their size is slow: the last ones are remembered.
  struct Known {
    ContextId context = kNoContext;
    uint32_t size = 0;
  };
  static constexpr uint32_t kKnown = 64;

  // The words of a range mostly look alike: what one has said is not asked of the next one.
  __attribute__((noinline)) bool isAnyWordLive(const LoggedAccess& access) {
    const uintptr_t end = access.address + sizeOf(access);
    ShadowWord dead;
    for (uintptr_t address = access.address & ~(kCellBytes - 1); address < end; address += kCellBytes) {
      const ShadowWord word(detector_.cell(address).load(std::memory_order_acquire));
      if (word == dead) continue;
      if (word.showsCrowd()) {
        if (crowdNames(word.reader().id, access.segment)) return true;
        continue;
      }
      if (word.isEscaped() ? historyNames(address, access.segment) : wordNames(word, access.segment)) return true;
      if (!word.isEscaped()) dead = word;
    }
    return false;
  }

  bool wordNames(ShadowWord word, SegmentId segment) const {
    return detector_.segments.contains(word.writer().id, segment) ||
           detector_.segments.contains(word.reader().id, segment);
  }

  // Its detail block says no more.
  bool crowdNames(SegmentId crowd, SegmentId segment) const {
    return detector_.segments.contains(crowd, segment) ||
           detector_.segments.contains(detector_.segments.writerOfCrowd(crowd), segment);
  }

  __attribute__((noinline)) bool historyNames(uintptr_t address, SegmentId segment) const {
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
  Known known_[kKnown];
};

}  // namespace snag

#endif  // SNAG_CORE_SHADOW_LIVENESS_H
