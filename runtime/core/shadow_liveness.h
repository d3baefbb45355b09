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

  bool isLive(const LoggedAccess& access) {
    if (access.segment == kNoSegment || access.context == kNoContext) return false;
    const uintptr_t end = access.address + sizeOf(access);
    for (uintptr_t word = access.address & ~(kCellBytes - 1); word < end; word += kCellBytes)
      if (wordNames(word, access.segment)) return true;
    return false;
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
  // Few sites make most of a log, and to ask for their size is slow: the last ones are remembered.
  struct Known {
    ContextId context = kNoContext;
    uint32_t size = 0;
  };
  static constexpr uint32_t kKnown = 64;

  bool wordNames(uintptr_t address, SegmentId segment) const {
    const ShadowWord word(detector_.cell(address).load(std::memory_order_acquire));
    if (SNAG_UNLIKELY(word.isEscaped())) return historyNames(address, segment);
    return names(word.writer().id, segment) || names(word.reader().id, segment);
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

  // Most words have been taken over by another segment: that is told without a call.
  bool names(SegmentId id, SegmentId segment) const {
    return id == segment || (SNAG_UNLIKELY(detector_.segments.isSet(id)) && detector_.segments.contains(id, segment));
  }

  DetectorImpl& detector_;
  Known known_[kKnown];
};

}  // namespace snag

#endif  // SNAG_CORE_SHADOW_LIVENESS_H
