#include "model/kind_help.h"

namespace snag::model {

using record::FindingKind;

namespace {

constexpr const char* kRaceReason =
    "C and C++ give a program with a data race no meaning at all: the compiler may keep the value in a register, read "
    "it "
    "twice or tear it apart, and the processor may show two threads different orders. That the value looked right in "
    "this run says nothing about the next one.";
constexpr const char* kOneLock = "Hold one and the same lock around both accesses, or make the variable a std::atomic.";
constexpr const char* kMutexReason =
    "The behaviour is undefined: data behind the mutex may be changed by two threads at once, and the mutex itself may "
    "be "
    "left in a state from which nobody wakes up.";
constexpr const char* kDeadlockReason =
    "It needs only the right moment: then the threads wait for each other for ever, and the program hangs without a "
    "message.";

KindHelp misuseHelp(FindingKind kind) {
  switch (kind) {
    case FindingKind::UnlockOfUnlocked:
      return {"A mutex is unlocked that nobody holds.", kMutexReason,
              "Lock before the unlock on every path; std::lock_guard does both."};
    case FindingKind::UnlockByOther:
      return {"A thread unlocks a mutex that another thread holds.", kMutexReason,
              "Unlock in the thread that locked. To hand a turn to another thread use a semaphore or a condition "
              "variable."};
    case FindingKind::DestroyOfLocked:
      return {"A mutex is destroyed while a thread holds it.", kMutexReason,
              "Unlock it first, and join whoever may still hold it."};
    case FindingKind::FreeOfLocked:
      return {"The memory of a mutex is given back while a thread holds the mutex.",
              "The unlock will write into memory that may already belong to someone else.",
              "Unlock it first, and join whoever may still hold it."};
    case FindingKind::UseAfterDestroy:
      return {"A synchronisation object is used after it was destroyed.", kMutexReason,
              "Destroy it after its last user is done: join those threads first."};
    case FindingKind::SelfDeadlock:
      return {"A thread locks a mutex that it holds already and that is not recursive.",
              "The thread waits for itself for ever.",
              "Lock once and call functions that expect the lock to be held, or use a recursive mutex."};
    case FindingKind::LockOrderInversion:
      return {"Locks are taken in different orders by different threads.", kDeadlockReason,
              "Take these locks in the same order everywhere, or together with std::scoped_lock."};
    case FindingKind::ConditionTwoMutexes:
      return {"Threads wait for one condition variable with different mutexes.", kMutexReason,
              "Use one mutex for each condition variable."};
    case FindingKind::DestroyInUse:
      return {"A synchronisation object is destroyed while threads wait in it.",
              "Whoever waits in it touches memory that is no longer valid.",
              "Wake its waiters and join them before destroying it."};
    case FindingKind::ReadLockUpgrade:
      return {"A thread that holds a lock for reading wants it for writing.",
              "It waits for itself to let go, or for another reader that waits for it.",
              "Unlock before locking for writing and check again what was read, or lock for writing from the start."};
    case FindingKind::ThreadLeak:
      return {
          "A thread ended and was neither joined nor detached.",
          "Its stack and its exit status stay allocated until the process ends, and nothing orders its work with the "
          "rest of the program.",
          "Join the thread, or detach it when it is created."};
    case FindingKind::SignalUnsafeCall:
      return {
          "A signal handler calls a function that is not async-signal-safe.",
          "If the signal comes while the thread is inside a function like it, data is corrupted or the thread waits "
          "for itself.",
          "Only set a flag or write to a pipe in the handler and do the work outside of it; signal-safety(7) lists "
          "what may be called."};
    case FindingKind::DescriptorRace:
      return {"One thread closes a file descriptor while another uses it.",
              "The number may already mean another file, which is then read, written or closed by mistake.",
              "Close the descriptor only after its last user is done: join that thread, or count the users."};
    default: return {"Synchronisation is used in a way that its rules forbid.", "", ""};
  }
}

}  // namespace

KindHelp kindHelp(FindingKind kind) {
  switch (kind) {
    case FindingKind::DataRace:
      return {"Two threads use the same memory, one of them writes it, and nothing orders the two.", kRaceReason,
              kOneLock};
    case FindingKind::LostUpdate:
      return {
          "A thread reads a value, changes it and writes it back, and another thread writes it in between.",
          "One of the two changes disappears without a trace, so counters are too small and records half updated. "
          "Whether it shows depends on timing, load and optimisation.",
          "Make the whole read-modify-write one step: one lock around both updates, or std::atomic with fetch_add or "
          "a compare-exchange loop."};
    case FindingKind::UseAfterFreeRace:
      return {"One thread frees a block that another one uses, and nothing makes the free wait for the use.",
              "The block may already belong to someone else: reads return foreign data and writes destroy it.",
              "Join the user before freeing, or share ownership (std::shared_ptr)."};
    case FindingKind::VirtualCallVsDestructor:
      return {"A thread makes a virtual call on an object while another thread constructs or destroys it.",
              "The call may run the wrong class's function, or a pure virtual one, which ends the program.",
              "Stop or join the other thread before the destructor begins, and start it only after the constructor is "
              "done."};
    default: break;
  }
  return misuseHelp(kind);
}

}  // namespace snag::model
