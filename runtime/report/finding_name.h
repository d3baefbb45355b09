// What kinds of findings are called where no tool is there to name them. tools/snag/model/sentence.cpp has the same
// words.
#ifndef SNAG_REPORT_FINDING_NAME_H
#define SNAG_REPORT_FINDING_NAME_H

#include "snag/record.h"

namespace snag {

inline const char* findingName(record::FindingKind kind) {
  using record::FindingKind;
  switch (kind) {
    case FindingKind::DataRace: return "data race";
    case FindingKind::LostUpdate: return "lost update";
    case FindingKind::UseAfterFreeRace: return "heap-use-after-free race";
    case FindingKind::VirtualCallVsDestructor: return "virtual call vs destructor race";
    case FindingKind::UnlockOfUnlocked: return "mutex misuse: unlock of an unlocked mutex";
    case FindingKind::UnlockByOther: return "mutex misuse: unlock of another thread's mutex";
    case FindingKind::DestroyOfLocked: return "mutex misuse: destroy of a locked mutex";
    case FindingKind::FreeOfLocked: return "mutex misuse: free of a locked mutex";
    case FindingKind::UseAfterDestroy: return "use after destroy";
    case FindingKind::SelfDeadlock: return "self-deadlock";
    case FindingKind::LockOrderInversion: return "lock-order inversion";
    case FindingKind::ConditionTwoMutexes: return "condition used with two mutexes";
    case FindingKind::DestroyInUse: return "destroy of an object in use";
    case FindingKind::ReadLockUpgrade: return "read lock upgraded to write";
    case FindingKind::ThreadLeak: return "thread leak";
    case FindingKind::SignalUnsafeCall: return "signal-unsafe call";
    case FindingKind::DescriptorRace: return "file descriptor race";
  }
  return "finding";
}

}  // namespace snag

#endif  // SNAG_REPORT_FINDING_NAME_H
