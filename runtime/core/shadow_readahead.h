// Shadow pages made before they are touched.
//
// A fresh page of the shadow is read before it is written: the access's test asks what it says. The kernel answers the
// read with the page of zeros that all share, and the write that follows has to take that out of the address
// translations of every processor again, which takes several times as long as making a page. Memory that is new is
// mostly gone through from one end to the other, so a thread that has done so for some pages has the next ones made at
// once.
#ifndef SNAG_CORE_SHADOW_READAHEAD_H
#define SNAG_CORE_SHADOW_READAHEAD_H

#include <cstddef>
#include <cstdint>

#include "core/check.h"
#include "core/shadow_word.h"

namespace snag {

// Of one thread.
class ShadowReadahead {
 public:
  // Whether an access to this word may be the first one to its shadow page: the word says nothing, and is among the
  // first ones of the page, where those that go through memory come by.
  static bool mayBegin(uintptr_t address, ShadowWord word) {
    return SNAG_UNLIKELY(address % kPage < kBeginning) && word == ShadowWord();
  }
  // The word at this address of the shadow, of which that is so, is about to be written. A system call now and then.
  __attribute__((noinline)) void note(uintptr_t shadow);

 private:
  static constexpr uintptr_t kPage = 4096, kBeginning = 64;
  static constexpr uintptr_t kMostAhead = 32;   // pages
  static constexpr uintptr_t kPagesForOne = 2;  // gone through for each one ahead: no more than that is made in vain
  static constexpr size_t kRuns = 64;           // who spreads what it reads over buckets is in as many places by turns

  // Pages gone through in order, from `begin` on; those from `made` on are there.
  struct Run {
    uintptr_t begin = 0, made = 0, end = 0;
  };
  static void goOn(Run& run);

  Run runs_[kRuns];
  uint32_t oldest_ = 0;
};

}  // namespace snag

#endif  // SNAG_CORE_SHADOW_READAHEAD_H
