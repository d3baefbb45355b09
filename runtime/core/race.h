// What the detector says when it has found a race, and to whom.
#ifndef SNAG_CORE_RACE_H
#define SNAG_CORE_RACE_H

#include "core/misuse.h"
#include "core/types.h"

namespace snag {

// The side of a race that was remembered. Whatever is unknown is 0 or null: the log may have been cut (see
// access_log.h).
struct EarlierAccess {
  const ThreadRecord* thread = nullptr;  // never null
  Epoch epoch = kEpochZero;
  bool isWrite = false;  // else a read
  bool isAtomic = false;
  ContextId context = kNoContext;  // stack and site
  uintptr_t address = 0;           // where the whole access started, if context is known
  uint32_t size = 0;               // its size, if context is known
  LockSetId locks = kNoLocks;
};

// One unordered conflicting pair on the bytes of one shadow word.
struct Race {
  ThreadState* thread = nullptr;  // the thread that was caught: the caller
  Place place;
  uintptr_t address = 0;  // the whole access that was caught
  uint32_t size = 0;
  uint8_t kind = 0;             // SNAG_SITE_* bits of the access that was caught
  uintptr_t racingAddress = 0;  // first racing byte
  uint32_t racingSize = 0;      // from there to the last racing byte of this word
  EarlierAccess earlier;
};

// Receives races and misuses on the thread that caught them, with none of the detector's locks held, while the segments
// mentioned cannot be recycled. Production builds a report; tests collect.
class RaceSink {
 public:
  virtual void onRace(const Race& race) = 0;
  // The same for the misuse of a primitive: on the thread `caught`, or on the last one for what is found at exit.
  virtual void onMisuse(ThreadState& caught, const Misuse& misuse) = 0;

 protected:
  ~RaceSink() = default;
};

}  // namespace snag

#endif  // SNAG_CORE_RACE_H
