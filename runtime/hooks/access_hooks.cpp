// The plain access hooks: each builds the place and hands the access to the detector.
#include "core/quick_access.h"
#include "core/same_epoch.h"
#include "hooks/here.h"

namespace snag {
namespace {

uint8_t readKind(const SnagSite* site) {
  return static_cast<uint8_t>(((site != nullptr ? site->kind : 0) & ~SNAG_SITE_WRITE) | SNAG_SITE_READ);
}
uint8_t writeKind(const SnagSite* site) {
  return static_cast<uint8_t>((site != nullptr ? site->kind : 0) | SNAG_SITE_WRITE);
}

inline void check(const void* address, size_t size, uint8_t kind, const Place& place) {
  if (RuntimeScope scope; scope)
    detector().access(scope.thread(), place, reinterpret_cast<uintptr_t>(address), size, kind);
}

// The test of instrumented code, for the few words of a short range.
template <bool isWrite>
inline bool isShortRangeKnown(const void* address, uint64_t size) {
  constexpr uint64_t kShort = 64;
  const auto start = reinterpret_cast<uintptr_t>(address);
  const auto* cells = reinterpret_cast<const ShadowCell*>(kLinuxX86_64.shadowOf(start));
  return size - 1 < kShort && SameEpoch(__snag_thread, isWrite).holds(cells, start % kCellBytes, size);
}

// A RuntimeScope around quickAccess, without the calls that one may make: false if one of them, or the detector, is
// needed.
template <uint32_t size, bool isWrite, QuickWay way>
SNAG_ALWAYS_INLINE bool checkQuickly(const void* address, const SnagSite* site, uint64_t context) {
  ThreadState* thread = threadLocals.state;
  __builtin_assume(way != QuickWay::Answers || thread != nullptr);  // hasAnswers() has said so
  return SNAG_LIKELY(thread != nullptr) &&
         quickAccess<size, isWrite, way>(detector().impl(), *thread, site, context,
                                         reinterpret_cast<uintptr_t>(address)) &&
         SNAG_LIKELY(!thread->hasDeferredWork.load(std::memory_order_relaxed));
}

template <bool isWrite>
SNAG_ALWAYS_INLINE bool checkRangeQuickly(const void* address, uint64_t size, const SnagSite* site, uint64_t context) {
  ThreadState* thread = threadLocals.state;
  return SNAG_LIKELY(thread != nullptr) &&
         quickShortRange<isWrite>(detector().impl(), *thread, site, context, reinterpret_cast<uintptr_t>(address),
                                  static_cast<uint32_t>(size)) &&
         SNAG_LIKELY(!thread->hasDeferredWork.load(std::memory_order_relaxed));
}

// Without a thread there is nothing to ask either.
inline bool hasAnswers() {
  const ThreadState* thread = threadLocals.state;
  return thread != nullptr && thread->transitions.isInUse();
}

// Whether wholeTransition() surely tells nothing, as of words that have crowds.
inline bool isWriterMark(const void* address) {
  uintptr_t shadow = kLinuxX86_64.shadowXor;
  asm("" : "+r"(shadow));  // else it takes two registers, and a hook has one that it need not save
  shadow = ((shadow ^ reinterpret_cast<uintptr_t>(address)) & ~(kCellBytes - 1)) + kLinuxX86_64.shadowOffset;
  const auto writer =
      static_cast<uint32_t>(reinterpret_cast<const ShadowCell*>(shadow)->load(std::memory_order_relaxed));
  return HalfWord::fromBits(writer).isMark();
}

template <uint32_t size, bool isWrite>
inline void checkSized(const void* address, const Place& place) {
  RuntimeScope scope;
  if (!scope) return;
  if constexpr (size <= 8)
    if (detector().accessWord<size, isWrite>(scope.thread(), place, reinterpret_cast<uintptr_t>(address))) return;
  const uint8_t kind = isWrite ? writeKind(place.site) : readKind(place.site);
  detector().access(scope.thread(), place, reinterpret_cast<uintptr_t>(address), size, kind);
}

}  // namespace
}  // namespace snag

#define SNAG_CHECKED_HOOK(name, bytes, isWrite)                                               \
  SNAG_PRESERVE_MOST void name(const void* address, const SnagSite* site, uint64_t context) { \
    snag::checkSized<bytes, isWrite>(address, SNAG_HERE);                                     \
  }

// Called by the assembly of check_hooks.cpp, which asks first what can be told without the runtime's state.
extern "C" {
SNAG_PRESERVE_MOST void __snag_read8_quickly(const void* address, const SnagSite* site, uint64_t context);
SNAG_PRESERVE_MOST void __snag_read_range_quickly(const void* address, uint64_t size, const SnagSite* site,
                                                  uint64_t context);
SNAG_PRESERVE_MOST void __snag_write_range_quickly(const void* address, uint64_t size, const SnagSite* site,
                                                   uint64_t context);
}

// The quick ways need few registers and no frame, or only that of the rules: what they do not decide goes on as if the
// program had called the other one.
#define SNAG_QUICK_WAY(name, slowly, bytes, isWrite, way)                                                       \
  static SNAG_PRESERVE_MOST __attribute__((noinline)) void name(const void* address, const SnagSite* site,      \
                                                                uint64_t context) {                             \
    if (SNAG_LIKELY((snag::checkQuickly<bytes, isWrite, snag::QuickWay::way>(address, site, context)))) return; \
    [[clang::musttail]] return slowly(address, site, context);                                                  \
  }
#define SNAG_BLOCK_HOOK(name, bytes, isWrite)                                                         \
  static SNAG_CHECKED_HOOK(name##_slowly, bytes, isWrite)                                             \
      SNAG_QUICK_WAY(name##_whole, name##_slowly, bytes, isWrite, WholeWords) SNAG_PRESERVE_MOST void \
      name(const void* address, const SnagSite* site, uint64_t context) {                             \
    if (SNAG_LIKELY(snag::isShortRangeKnown<isWrite>(address, bytes))) return;                        \
    [[clang::musttail]] return name##_whole(address, site, context);                                  \
  }

// The same for accesses to one word. Who has no answers goes by the rules at once: one frame, not three, and
// the choice itself has none.
#define SNAG_WORD_WAYS(name, bytes, isWrite)                                \
  static SNAG_CHECKED_HOOK(name##_slowly, bytes, isWrite)                   \
      SNAG_QUICK_WAY(name##_asking, name##_slowly, bytes, isWrite, Answers) \
          SNAG_QUICK_WAY(name##_by_rules, name##_slowly, bytes, isWrite, Rules)
#define SNAG_WORD_HOOK(name, bytes, isWrite)                                                  \
  SNAG_WORD_WAYS(name, bytes, isWrite)                                                        \
  SNAG_PRESERVE_MOST void name(const void* address, const SnagSite* site, uint64_t context) { \
    if (snag::hasAnswers()) [[clang::musttail]]                                               \
      return name##_asking(address, site, context);                                           \
    [[clang::musttail]] return name##_by_rules(address, site, context);                       \
  }
#define SNAG_WHOLE_WORD_HOOK(name, isWrite, marked)                                           \
  SNAG_QUICK_WAY(name##_whole, name##_by_rules, 8, isWrite, WholeWords)                       \
  SNAG_PRESERVE_MOST void name(const void* address, const SnagSite* site, uint64_t context) { \
    if (snag::hasAnswers()) [[clang::musttail]]                                               \
      return name##_asking(address, site, context);                                           \
    if (snag::isWriterMark(address)) [[clang::musttail]]                                      \
      return marked(address, site, context);                                                  \
    [[clang::musttail]] return name##_whole(address, site, context);                          \
  }

SNAG_WORD_HOOK(__snag_read1, 1, false)
SNAG_WORD_HOOK(__snag_read2, 2, false)
SNAG_WORD_HOOK(__snag_read4, 4, false)
SNAG_WORD_WAYS(__snag_read8_quickly, 8, false)
SNAG_QUICK_WAY(__snag_read8_quickly_crowd, __snag_read8_quickly_by_rules, 8, false, Crowds)
SNAG_WHOLE_WORD_HOOK(__snag_read8_quickly, false, __snag_read8_quickly_crowd)
SNAG_WORD_HOOK(__snag_write1, 1, true)
SNAG_WORD_HOOK(__snag_write2, 2, true)
SNAG_WORD_HOOK(__snag_write4, 4, true)
SNAG_WORD_WAYS(__snag_write8, 8, true)
SNAG_WHOLE_WORD_HOOK(__snag_write8, true, __snag_write8_by_rules)
SNAG_BLOCK_HOOK(__snag_read16, 16, false)
SNAG_BLOCK_HOOK(__snag_read32, 32, false)
SNAG_BLOCK_HOOK(__snag_read64, 64, false)
SNAG_BLOCK_HOOK(__snag_write16, 16, true)
SNAG_BLOCK_HOOK(__snag_write32, 32, true)
SNAG_BLOCK_HOOK(__snag_write64, 64, true)

#define SNAG_RANGE_HOOK(name, isWrite, kindOf)                                                                    \
  static SNAG_PRESERVE_MOST void name##_slowly(const void* address, uint64_t size, const SnagSite* site,          \
                                               uint64_t context) {                                                \
    if (size != 0) snag::check(address, size, snag::kindOf(site), SNAG_HERE);                                     \
  }                                                                                                               \
  static SNAG_PRESERVE_MOST __attribute__((noinline)) void name##_short(const void* address, uint64_t size,       \
                                                                        const SnagSite* site, uint64_t context) { \
    if (SNAG_LIKELY(snag::checkRangeQuickly<isWrite>(address, size, site, context))) return;                      \
    [[clang::musttail]] return name##_slowly(address, size, site, context);                                       \
  }                                                                                                               \
  SNAG_PRESERVE_MOST void name(const void* address, uint64_t size, const SnagSite* site, uint64_t context) {      \
    if (snag::isShortRangeKnown<isWrite>(address, size)) return;                                                  \
    if (size - 1 < snag::kQuickRange) [[clang::musttail]]                                                         \
      return name##_short(address, size, site, context);                                                          \
    [[clang::musttail]] return name##_slowly(address, size, site, context);                                       \
  }

SNAG_RANGE_HOOK(__snag_read_range_quickly, false, readKind)
SNAG_RANGE_HOOK(__snag_write_range_quickly, true, writeKind)

SNAG_PRESERVE_MOST void __snag_read_lane(const void* address, uint64_t size, uint32_t isActive, const SnagSite* site,
                                         uint64_t context) {
  if (isActive != 0) snag::check(address, size, snag::readKind(site), SNAG_HERE);
}

SNAG_PRESERVE_MOST void __snag_write_lane(const void* address, uint64_t size, uint32_t isActive, const SnagSite* site,
                                          uint64_t context) {
  if (isActive != 0) snag::check(address, size, snag::writeKind(site), SNAG_HERE);
}
