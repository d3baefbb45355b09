#include "model/misuse_text.h"

#include "model/sentence.h"
#include "model/text_format.h"

namespace snag::model {

namespace {

std::string stepThread(const Step& step) { return step.thread ? threadText(*step.thread) : "an unknown thread"; }

std::string objectOf(const ResolvedFinding& finding, const ResolvedStep& step) {
  return step.object.empty() ? subjectText(finding) : step.object;
}

std::string whileHolding(const ResolvedStep& step) {
  return step.held ? " while it " + std::string("holds ") + step.held->name : "";
}

// "takes 'b' while it holds 'a'".
std::string caughtText(const ResolvedFinding& finding, const ResolvedStep& step) {
  const std::string object = objectOf(finding, step);
  switch (finding.raw.kind) {
    case FindingKind::UnlockOfUnlocked:
    case FindingKind::UnlockByOther: return "unlocks " + object;
    case FindingKind::DestroyOfLocked:
    case FindingKind::DestroyInUse: return "destroys " + object;
    case FindingKind::FreeOfLocked: return "gives back the memory of " + object;
    case FindingKind::UseAfterDestroy: return "uses " + object;
    case FindingKind::SelfDeadlock: return "locks " + object + ", which it holds already";
    case FindingKind::LockOrderInversion: return "takes " + object + whileHolding(step);
    case FindingKind::ConditionTwoMutexes: return "waits for " + object + (step.held ? " with " + step.held->name : "");
    case FindingKind::ReadLockUpgrade: return "locks " + object + " for writing while it holds it for reading";
    case FindingKind::ThreadLeak: return "was created and then neither joined nor detached";
    case FindingKind::SignalUnsafeCall: return "calls " + object + " in a signal handler";
    default: return "uses " + object;
  }
}

std::string roleText(const ResolvedFinding& finding, const Step& raw, const ResolvedStep& step) {
  const std::string object = objectOf(finding, step);
  switch (raw.role) {
    case StepRole::Caught: return caughtText(finding, step);
    case StepRole::Acquired:
      return finding.raw.kind == FindingKind::LockOrderInversion ? "takes " + object + whileHolding(step)
                                                                 : "took " + object;
    case StepRole::Released: return "last unlocked " + object;
    case StepRole::Destroyed:
      return (finding.raw.kind == FindingKind::DescriptorRace ? "closes " : "destroyed ") + object;
    case StepRole::Waiting: return "waits for " + object + (step.held ? " with " + step.held->name : "");
    case StepRole::Created: return "created " + object;
    case StepRole::Used: return "uses " + object;
    case StepRole::Interrupted: return "was interrupted here by the signal";
  }
  return "meets " + object;
}

// "thread T1 takes 'b' while it holds 'a', thread T2 takes 'a' while it holds 'b'".
std::string cycleText(const ResolvedFinding& finding) {
  std::string text;
  for (size_t i = 0; i < finding.steps.size(); ++i)
    text += (i == 0                          ? ""
             : i + 1 == finding.steps.size() ? " and "
                                             : ", ") +
            stepThread(finding.raw.steps[i]) + " takes " + objectOf(finding, finding.steps[i]) +
            whileHolding(finding.steps[i]);
  return capitalised(text);
}

std::string caughtThread(const ResolvedFinding& finding) { return capitalised(stepThread(finding.raw.steps[0])); }

}  // namespace

std::string stepText(const ResolvedFinding& finding, size_t step) {
  return capitalised(stepThread(finding.raw.steps[step])) + " " +
         roleText(finding, finding.raw.steps[step], finding.steps[step]);
}

std::string misuseSentence(const ResolvedFinding& finding) {
  const std::string who = caughtThread(finding);
  const std::string what = subjectText(finding);
  switch (finding.raw.kind) {
    case FindingKind::UnlockOfUnlocked:
      return who + " unlocks " + what +
             ", which nobody holds: the behaviour is undefined, and the code between its "
             "lock and this unlock was not protected.";
    case FindingKind::UnlockByOther:
      return who + " unlocks " + what + ", which another thread holds: that thread goes on as if it were still alone.";
    case FindingKind::DestroyOfLocked:
      return who + " destroys " + what + " while it is held: its holder will unlock something that is gone.";
    case FindingKind::FreeOfLocked:
      return who + " gives back the memory in which " + what +
             " is still held: unlocking it will write into memory "
             "that may already belong to someone else.";
    case FindingKind::UseAfterDestroy:
      return who + " uses " + what + " after it was destroyed: the behaviour is undefined.";
    case FindingKind::SelfDeadlock:
      return who + " holds " + what +
             " and locks it again. It is not recursive, so the thread waits for itself for ever.";
    case FindingKind::LockOrderInversion:
      return cycleText(finding) + ": when each holds its first lock and waits for the other, none of them goes on.";
    case FindingKind::ConditionTwoMutexes:
      return "Threads wait for " + what +
             " with different mutexes at the same time: the behaviour is undefined, and "
             "the mutexes do not protect the waiters' condition.";
    case FindingKind::DestroyInUse:
      return who + " destroys " + what +
             " while it is in use: whoever waits in it touches memory that is no longer valid.";
    case FindingKind::ReadLockUpgrade:
      return who + " holds " + what + " for reading and wants it for writing: it waits for itself to let go.";
    case FindingKind::ThreadLeak:
      return "The thread ended, and nobody joined or detached it: its stack and its exit status stay allocated until "
             "the process ends.";
    case FindingKind::SignalUnsafeCall:
      return "A signal handler calls " + what +
             ", which is not async-signal-safe: if the signal comes while the thread "
             "is inside a function like it, data is corrupted or the thread waits for itself.";
    case FindingKind::DescriptorRace:
      return "One thread closes " + what +
             " while another uses it, and nothing orders the two: the number may already "
             "mean another file, which is then read, written or closed by mistake.";
    default: return "Synchronisation is used in a way that its rules forbid.";
  }
}

std::string misuseAdvice(const ResolvedFinding& finding) {
  switch (finding.raw.kind) {
    case FindingKind::UnlockOfUnlocked: return "lock before the unlock on every path; std::lock_guard does both.";
    case FindingKind::UnlockByOther:
      return "unlock in the thread that locked; to hand a turn to another thread use a semaphore or a condition "
             "variable.";
    case FindingKind::DestroyOfLocked:
    case FindingKind::FreeOfLocked: return "unlock it first, and join whoever may still hold it.";
    case FindingKind::UseAfterDestroy: return "destroy it after its last user is done: join those threads first.";
    case FindingKind::SelfDeadlock:
      return "lock once and call a function that expects the lock to be held; or use a recursive mutex.";
    case FindingKind::LockOrderInversion:
      return "take these locks in the same order everywhere, or take them together with std::scoped_lock.";
    case FindingKind::ConditionTwoMutexes: return "use one mutex for each condition variable.";
    case FindingKind::DestroyInUse: return "wake its waiters and join them before destroying it.";
    case FindingKind::ReadLockUpgrade:
      return "unlock before locking for writing and check again what was read, or lock for writing from the start.";
    case FindingKind::ThreadLeak: return "join the thread, or detach it when it is created.";
    case FindingKind::SignalUnsafeCall:
      return "only set a flag (std::atomic, volatile sig_atomic_t) or write to a pipe in the handler, and do the work "
             "outside of it; signal-safety(7) lists what may be called.";
    case FindingKind::DescriptorRace:
      return "close the descriptor only after its last user is done: join that thread, or count the users.";
    default: return {};
  }
}

}  // namespace snag::model
