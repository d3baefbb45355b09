// The plain access hooks: each builds the place and hands the access to the detector.
#include "runtime.h"

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

#define SNAG_HERE                                                            \
  snag::Place {                                                              \
    site, context, reinterpret_cast<uintptr_t>(__builtin_return_address(0)), \
        reinterpret_cast<uintptr_t>(__builtin_frame_address(0))              \
  }

#define SNAG_SIZED_HOOKS(bytes)                                                                              \
  SNAG_PRESERVE_MOST void __snag_read##bytes(const void* address, const SnagSite* site, uint64_t context) {  \
    snag::checkSized<bytes, false>(address, SNAG_HERE);                                                      \
  }                                                                                                          \
  SNAG_PRESERVE_MOST void __snag_write##bytes(const void* address, const SnagSite* site, uint64_t context) { \
    snag::checkSized<bytes, true>(address, SNAG_HERE);                                                       \
  }

SNAG_SIZED_HOOKS(1)
SNAG_SIZED_HOOKS(2)
SNAG_SIZED_HOOKS(4)
SNAG_SIZED_HOOKS(8)
SNAG_SIZED_HOOKS(16)
SNAG_SIZED_HOOKS(32)
SNAG_SIZED_HOOKS(64)

SNAG_PRESERVE_MOST void __snag_read_range(const void* address, uint64_t size, const SnagSite* site, uint64_t context) {
  if (size != 0) snag::check(address, size, snag::readKind(site), SNAG_HERE);
}

SNAG_PRESERVE_MOST void __snag_write_range(const void* address, uint64_t size, const SnagSite* site, uint64_t context) {
  if (size != 0) snag::check(address, size, snag::writeKind(site), SNAG_HERE);
}

SNAG_PRESERVE_MOST void __snag_read_lane(const void* address, uint64_t size, uint32_t isActive, const SnagSite* site,
                                         uint64_t context) {
  if (isActive != 0) snag::check(address, size, snag::readKind(site), SNAG_HERE);
}

SNAG_PRESERVE_MOST void __snag_write_lane(const void* address, uint64_t size, uint32_t isActive, const SnagSite* site,
                                          uint64_t context) {
  if (isActive != 0) snag::check(address, size, snag::writeKind(site), SNAG_HERE);
}
