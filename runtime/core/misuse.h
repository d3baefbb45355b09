// Mistakes in the use of synchronisation that are no data races: what is said about one, and which there are.
#ifndef SNAG_CORE_MISUSE_H
#define SNAG_CORE_MISUSE_H

#include "core/types.h"

namespace snag {

struct ThreadRecord;
struct ThreadState;

// Each is a kind of finding of its own (record::FindingKind has the same names).
enum class MisuseKind : uint8_t {
  UnlockOfUnlocked,     // unlock of a mutex that nobody holds
  UnlockByOther,        // unlock of a mutex that another thread holds
  DestroyOfLocked,      // destroy of a lock that is held
  FreeOfLocked,         // free, munmap or end of the stack frame of a lock that is held
  UseAfterDestroy,      // a destroyed lock, condition or barrier is used
  SelfDeadlock,         // a thread waits for a lock that it holds itself
  LockOrderInversion,   // a cycle in the order in which threads take locks
  ConditionTwoMutexes,  // threads wait for one condition with different mutexes at the same time
  DestroyInUse,         // destroy of a condition or barrier while threads wait in it
  ReadLockUpgrade,      // a thread waits for writing on a lock that it holds for reading
  ThreadLeak,           // a thread that ended was neither joined nor detached
  SignalUnsafeCall,     // a signal handler called a function that is not async-signal-safe
  DescriptorRace,       // close of a file descriptor unordered with its use
};

// What a step of the story is. A step's `object` is what it is done to.
enum class MisuseRole : uint8_t {
  Caught = 1,   // what the calling thread is about to do, or did when it was caught: always the first step
  Acquired,     // the thread took `object`; for an inversion: while it held `held`
  Released,     // the thread last gave `object` back
  Destroyed,    // the thread destroyed `object`
  Waiting,      // the thread waits, or waited, for `object`; `held` is the mutex that it waits with
  Created,      // the thread created `object` (a descriptor, a leaked thread)
  Used,         // the thread used `object` earlier
  Interrupted,  // where the signal arrived
};

struct MisuseStep {
  MisuseRole role = MisuseRole::Caught;
  const ThreadRecord* thread = nullptr;  // null if unknown
  ContextId context = kNoContext;        // where; unknown for what happened before Snag looked
  uintptr_t object = 0;                  // address of the lock, condition or barrier; 0 if there is none
  uintptr_t held = 0;                    // a lock that matters to the step; 0 if there is none
  ContextId heldContext = kNoContext;    // where that was taken
};

struct Misuse {
  static constexpr size_t kMaxSteps = 48;

  MisuseKind kind{};
  uintptr_t object = 0;         // what the finding is about; 0 if it has no address
  const char* text = nullptr;   // for kinds without an address: "malloc", "descriptor 7"; static or on the stack
  MisuseStep steps[kMaxSteps];  // the caught one first
  size_t count = 0;

  void add(const MisuseStep& step) {
    if (count < kMaxSteps) steps[count++] = step;
  }
};

}  // namespace snag

#endif  // SNAG_CORE_MISUSE_H
