#include "report/usual_lock.h"

#include "core/thread_state.h"

namespace snag {

namespace {

constexpr size_t kMaxAccesses = 64;
constexpr size_t kMaxCandidates = 32;

struct Ballot {
  const Detector* detector;
  UsualLock candidates[kMaxCandidates];  // `total` unused
  size_t candidateCount = 0;
  uint32_t total = 0;

  void vote(LockSetId locks);
  void voteFor(const Detector::HeldLockInfo& lock);
};

void Ballot::voteFor(const Detector::HeldLockInfo& lock) {
  for (size_t i = 0; i < candidateCount; ++i)
    if (candidates[i].lock.lock == lock.lock) {
      ++candidates[i].held;
      return;
    }
  if (candidateCount < kMaxCandidates) candidates[candidateCount++] = {lock, 1, 0};
}

void Ballot::vote(LockSetId locks) {
  ++total;
  size_t count = 0;
  const Detector::HeldLockInfo* held = detector->lockSet(locks, &count);
  for (size_t i = 0; i < count; ++i) voteFor(held[i]);
}

// One side of the race. It votes by itself; its entry in a log, if there is one, must not vote again.
struct Side {
  const ThreadRecord* thread;
  ContextId context;
  uintptr_t address;
  bool isSkipped = false;

  bool skip(const EarlierAccess& access) {
    if (isSkipped || access.thread != thread || access.context != context || access.address != address) return false;
    return isSkipped = true;
  }
};

// Giving a block out or back says nothing about which lock guards what is in it.
bool isHeapEvent(const Detector& detector, const EarlierAccess& access) {
  const SnagSite* site = detector.context(access.context).site;
  return site != nullptr && (site->kind & (SNAG_SITE_ALLOCATE | SNAG_SITE_FREE)) != 0;
}

struct Visit {
  Ballot& ballot;
  Side caught, earlier;
};

void visit(void* argument, const EarlierAccess& access) {
  auto& [ballot, caught, earlier] = *static_cast<Visit*>(argument);
  if (caught.skip(access) || earlier.skip(access) || isHeapEvent(*ballot.detector, access)) return;
  ballot.vote(access.locks);
}

bool contains(const Detector& detector, LockSetId locks, uintptr_t lock) {
  size_t count = 0;
  const Detector::HeldLockInfo* held = detector.lockSet(locks, &count);
  for (size_t i = 0; i < count; ++i)
    if (held[i].lock == lock) return true;
  return false;
}

}  // namespace

bool findUsualLock(Detector& detector, const Race& race, LockSetId caughtLocks, uintptr_t start, uintptr_t end,
                   UsualLock* out) {
  Ballot ballot{&detector, {}, 0, 0};
  ballot.vote(caughtLocks);
  if (race.earlier.context != kNoContext) ballot.vote(race.earlier.locks);  // else its locks are forgotten too
  Visit rest{ballot,
             {race.thread->record, detector.contextFor(*race.thread, race.place), race.address},
             {race.earlier.thread, race.earlier.context, race.earlier.address}};
  detector.visitAccesses(start, end, kMaxAccesses, visit, &rest);

  const UsualLock* best = nullptr;
  for (size_t i = 0; i < ballot.candidateCount; ++i) {
    const UsualLock& candidate = ballot.candidates[i];
    const bool heldByBoth = contains(detector, caughtLocks, candidate.lock.lock) &&
                            contains(detector, race.earlier.locks, candidate.lock.lock);
    if (!heldByBoth && (best == nullptr || candidate.held > best->held)) best = &candidate;
  }
  if (best == nullptr || best->held * 2 < ballot.total) return false;
  *out = {best->lock, best->held, ballot.total};
  return true;
}

}  // namespace snag
