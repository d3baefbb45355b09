#include "core/sweep_claims.h"

#include "platform/platform.h"

namespace snag {

// Whoever has the claim may need this processor to go on.
bool SweepClaims::isKeptBySweep(const ShadowCell& cell, uint64_t published) const {
  const std::atomic<uint32_t>& count = countOf(cell);
  const uint32_t seen = count.load(std::memory_order_acquire);
  if (seen % 2 != 0)
    while (count.load(std::memory_order_acquire) == seen) platform::yield();
  return cell.load(std::memory_order_acquire) == published;
}

}  // namespace snag
