// Leave to publish many neighbouring shadow words with plain stores.
//
// A compare-exchange a word is most of what a first access to a range costs: 6 ns against 0.4 ns for a store. A thread
// that claims a page of shadow words may load them and store what they become. Everybody else goes on with
// compare-exchanges, and asks afterwards whether a sweep may have stored over what was published: then it is looked at
// again, when the sweep is over.
//
// Why nothing is lost: a sweep loads and stores between two changes of its claim's count, and the first of them is a
// locked instruction, as is the other's compare-exchange. If that one came between the sweep's load and its store, the
// count that is read after it differs from the count that was read before, or was odd then.
//
// Thread-safe. Nobody waits for another thread while it has a claim, so a claim ends soon; who waits for one may hold a
// word's lock. A thread has claims only inside the detector: a fork's child finds none.
#ifndef SNAG_CORE_SWEEP_CLAIMS_H
#define SNAG_CORE_SWEEP_CLAIMS_H

#include "core/check.h"
#include "core/shadow_word.h"

namespace snag {

class SweepClaims {
 public:
  // Words of one page may be claimed together.
  static constexpr size_t kPageBytes = 4096;

  // --- sweeps: neither inside another, nor in a signal handler that interrupts one -----------------------------------
  // False if somebody else has the page, or one that shares its claim.
  bool tryClaim(const ShadowCell& cell) {
    std::atomic<uint32_t>& count = countOf(cell);
    uint32_t now = count.load(std::memory_order_relaxed);
    return now % 2 == 0 && count.compare_exchange_strong(now, now + 1, std::memory_order_seq_cst);
  }
  void giveBack(const ShadowCell& cell) {
    std::atomic<uint32_t>& count = countOf(cell);
    count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }

  // --- everybody else ------------------------------------------------------------------------------------------------
  // To be read before the word is.
  uint32_t before(const ShadowCell& cell) const { return countOf(cell).load(std::memory_order_acquire) & ~1u; }
  // After a compare-exchange that put `published` in the place of what was read: whether it surely stays until somebody
  // does the same. If not, the word must be looked at again.
  bool isKept(const ShadowCell& cell, uint64_t published, uint32_t before) const {
    return SNAG_LIKELY(countOf(cell).load(std::memory_order_acquire) == before) || isKeptBySweep(cell, published);
  }

 private:
  static constexpr size_t kCount = 64;
  struct alignas(64) Claim {
    std::atomic<uint32_t> count{0};  // odd while somebody has it
  };

  static size_t indexOf(const ShadowCell& cell) { return reinterpret_cast<uintptr_t>(&cell) / kPageBytes % kCount; }
  std::atomic<uint32_t>& countOf(const ShadowCell& cell) { return claims_[indexOf(cell)].count; }
  const std::atomic<uint32_t>& countOf(const ShadowCell& cell) const { return claims_[indexOf(cell)].count; }
  SNAG_RARE bool isKeptBySweep(const ShadowCell& cell, uint64_t published) const;

  Claim claims_[kCount];
};

}  // namespace snag

#endif  // SNAG_CORE_SWEEP_CLAIMS_H
