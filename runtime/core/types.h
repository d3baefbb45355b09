// The words of the theory as types: mixing a thread slot with an epoch fails to compile.
#ifndef SNAG_CORE_TYPES_H
#define SNAG_CORE_TYPES_H

#include <stddef.h>
#include <stdint.h>

#include "snag/hooks.h"

namespace snag {

// A component of vector clocks. Reused by later threads under the rule of thread_registry.h.
enum class ThreadSlot : uint32_t {};

// How far a slot's owner has come: counts the segments that its releases separate. 0: before anything.
enum class Epoch : uint32_t {};
inline constexpr Epoch kEpochZero{0};

// A segment (the stretch of one thread between two of its releases) or an interned set of segments. 24 bits.
enum class SegmentId : uint32_t {};
inline constexpr SegmentId kNoSegment{0};

// A stack and site, interned by ContextTable. 0 when unknown.
enum class ContextId : uint32_t {};
inline constexpr ContextId kNoContext{0};

// An interned set of held locks. 0 is the empty set.
enum class LockSetId : uint32_t {};
inline constexpr LockSetId kNoLocks{0};

template <typename Enum>
constexpr uint32_t raw(Enum value) {
  return static_cast<uint32_t>(value);
}

// Where in the program a hook was called. `site` may be null for events without one (an interceptor's access has a
// site of its own); pc and frame are where a stack walk starts.
struct Place {
  const SnagSite* site = nullptr;
  uint64_t context = 0;
  uintptr_t pc = 0;
  uintptr_t frame = 0;
};

enum class LockMode : uint8_t { Write = 1, Read = 2 };

// C11 memory orders, numbered as the hooks number them.
enum class MemoryOrder : uint32_t { Relaxed = 0, Consume = 1, Acquire = 2, Release = 3, AcqRel = 4, SeqCst = 5 };

enum class AtomicOperation : uint32_t { Load = SNAG_ATOMIC_LOAD, Store = SNAG_ATOMIC_STORE, Rmw = SNAG_ATOMIC_RMW };

}  // namespace snag

#endif  // SNAG_CORE_TYPES_H
