#include "model/finding_kind.h"

#include <algorithm>
#include <array>

namespace snag::model {

using record::FindingKind;

namespace {

struct KnownKind {
  FindingKind kind;
  std::string_view id;
  std::string_view name;
  std::string_view rule;
};

constexpr std::array kKinds = {
    KnownKind{FindingKind::DataRace, "data-race", "data race", "race"},
    KnownKind{FindingKind::LostUpdate, "lost-update", "lost update", "race"},
    KnownKind{FindingKind::UseAfterFreeRace, "use-after-free-race", "heap-use-after-free race", "race"},
    KnownKind{FindingKind::VirtualCallVsDestructor, "virtual-call-vs-destructor-race",
              "virtual call vs destructor race", "race"},
    KnownKind{FindingKind::UnlockOfUnlocked, "unlock-of-unlocked-mutex", "mutex misuse: unlock of an unlocked mutex",
              "mutex"},
    KnownKind{FindingKind::UnlockByOther, "unlock-by-other-thread", "mutex misuse: unlock of another thread's mutex",
              "mutex"},
    KnownKind{FindingKind::DestroyOfLocked, "destroy-of-locked-mutex", "mutex misuse: destroy of a locked mutex",
              "mutex"},
    KnownKind{FindingKind::FreeOfLocked, "free-of-locked-mutex", "mutex misuse: free of a locked mutex", "mutex"},
    KnownKind{FindingKind::UseAfterDestroy, "use-after-destroy", "use after destroy", "mutex"},
    KnownKind{FindingKind::SelfDeadlock, "self-deadlock", "self-deadlock", "deadlock"},
    KnownKind{FindingKind::LockOrderInversion, "lock-order-inversion", "lock-order inversion", "deadlock"},
    KnownKind{FindingKind::ConditionTwoMutexes, "condition-with-two-mutexes", "condition used with two mutexes",
              "mutex"},
    KnownKind{FindingKind::DestroyInUse, "destroy-in-use", "destroy of an object in use", "mutex"},
    KnownKind{FindingKind::ReadLockUpgrade, "read-lock-upgrade", "read lock upgraded to write", "deadlock"},
    KnownKind{FindingKind::ThreadLeak, "thread-leak", "thread leak", "thread"},
    KnownKind{FindingKind::SignalUnsafeCall, "signal-unsafe-call", "signal-unsafe call", "signal"},
    KnownKind{FindingKind::DescriptorRace, "file-descriptor-race", "file descriptor race", "race"},
};

const KnownKind* find(FindingKind kind) {
  const auto known = std::ranges::find(kKinds, kind, &KnownKind::kind);
  return known == kKinds.end() ? nullptr : &*known;
}

}  // namespace

std::string kindName(FindingKind kind) {
  const KnownKind* known = find(kind);
  return known != nullptr
             ? std::string(known->name)
             : "finding of kind " + std::to_string(static_cast<uint32_t>(kind)) + " (unknown to this snag)";
}

std::string kindId(FindingKind kind) {
  const KnownKind* known = find(kind);
  return known != nullptr ? std::string(known->id) : "kind-" + std::to_string(static_cast<uint32_t>(kind));
}

std::vector<FindingKind> allKinds() {
  std::vector<FindingKind> kinds;
  for (const KnownKind& known : kKinds) kinds.push_back(known.kind);
  return kinds;
}

std::string_view ruleType(FindingKind kind) {
  const KnownKind* known = find(kind);
  return known != nullptr ? known->rule : "race";
}

bool isSymmetric(FindingKind kind) {
  return kind < FindingKind::UnlockOfUnlocked || kind == FindingKind::LockOrderInversion ||
         kind == FindingKind::DescriptorRace;
}

}  // namespace snag::model
