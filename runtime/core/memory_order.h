// Which half of synchronisation a memory order has (C++20 [atomics.order]). consume counts as acquire.
#ifndef SNAG_CORE_MEMORY_ORDER_H
#define SNAG_CORE_MEMORY_ORDER_H

#include "core/types.h"

namespace snag {

constexpr bool acquires(MemoryOrder order) { return order != MemoryOrder::Relaxed && order != MemoryOrder::Release; }
constexpr bool releases(MemoryOrder order) {
  return order == MemoryOrder::Release || order == MemoryOrder::AcqRel || order == MemoryOrder::SeqCst;
}

}  // namespace snag

#endif  // SNAG_CORE_MEMORY_ORDER_H
