// Which races have been reported before: one bug is one finding, however often it happens.
//
// Two races are the same if the unordered pairs of their sites, the kinds of access there and the object agree. An
// object is a heap block's allocation context, the racing word of anything that keeps its address, or nothing more than
// the pair (stacks). A pair of sites stops being reported after kObjectsPerPair objects: a race on every element of an
// array is one bug.
#ifndef SNAG_REPORT_DEDUP_H
#define SNAG_REPORT_DEDUP_H

#include "core/race.h"

namespace snag {

// The place of one side of a race as far as telling bugs apart goes.
struct RaceSide {
  uintptr_t place = 0;  // address of the site if it has a line, else of the innermost code; 0 if forgotten
  uint32_t kind = 0;    // record::AccessBits
};

// The same value whichever side comes first; never 0.
uint64_t pairKey(RaceSide one, RaceSide other);

// A set of races, of fixed size. Reading is lock-free and may miss an entry that is being added; adding is by one
// thread at a time. When the set is full, everything new counts as seen.
class SeenRaces {
 public:
  static constexpr uint32_t kObjectsPerPair = 8;

  // The pair has had all the reports that it gets.
  bool isExhausted(uint64_t pair) const;
  // This very word has been reported with this pair: what most repeats are.
  bool hasWord(uint64_t pair, uintptr_t word) const;
  // The object has been reported with this pair.
  bool hasObject(uint64_t pair, uint64_t object) const;
  // Adds the object under the pair; false if it was there, or if the pair is exhausted.
  bool add(uint64_t pair, uint64_t object, uintptr_t word);

 private:
  static constexpr size_t kCapacity = 1 << 16;

  bool has(uint64_t key) const;
  bool insert(uint64_t key);

  uint64_t* keys_ = nullptr;  // reserved by the first add; 0 is empty
  size_t used_ = 0;           // written by add only
};

}  // namespace snag

#endif  // SNAG_REPORT_DEDUP_H
