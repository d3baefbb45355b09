#include "interceptors/mutex_events.h"

namespace snag {
namespace {

void report(ThreadState& thread, const Place& place, MisuseKind kind, const pthread_mutex_t* mutex) {
  detector().reportLockMisuse(thread, place, kind, addressOf(mutex));
}

bool isElided(const pthread_mutex_t* mutex) { return (mutex->__data.__kind & kElidedBit) != 0; }

// A thread of this process that the detector saw taking the mutex owns it still, as libc sees it. Silent about mutexes
// that another process holds, or held when it forked this one.
bool isHeldByAnother(const pthread_mutex_t* mutex, ThreadState& thread) {
  const int owner = ownerOf(mutex);
  if (owner == 0 || isElided(mutex) || thread.locks.find(addressOf(mutex)) != nullptr) return false;
  const Detector::LockHolder holder = detector().lockHolder(thread, addressOf(mutex));
  return holder.holds && holder.thread != nullptr && !holder.thread->vanished &&
         static_cast<int>(holder.thread->osId) == owner && holder.thread != thread.record;
}

void checkUnlock(const pthread_mutex_t* mutex, ThreadState& thread, const Place& place) {
  if (!isUnchecked(mutex) || isRobust(mutex) || isElided(mutex) || isOwner(mutex, thread)) return;
  if (ownerOf(mutex) == 0) return report(thread, place, MisuseKind::UnlockOfUnlocked, mutex);
  if (isHeldByAnother(mutex, thread)) report(thread, place, MisuseKind::UnlockByOther, mutex);
}

}  // namespace

void checkWanted(const pthread_mutex_t* mutex, bool waits, const Place& place) {
  RuntimeScope scope;
  if (!scope) return;
  ThreadState& thread = scope.thread();
  if (isDestroyed(mutex)) return report(thread, place, MisuseKind::UseAfterDestroy, mutex);
  if (!waits || thread.locks.count() == 0) return;
  if (isUnchecked(mutex) && isOwner(mutex, thread) && thread.locks.find(addressOf(mutex)) != nullptr)
    return report(thread, place, MisuseKind::SelfDeadlock, mutex);
  detector().lockWanted(thread, place, addressOf(mutex), LockMode::Write);
}

bool mutexUnlocking(pthread_mutex_t* mutex, const Place& place) {
  RuntimeScope scope;
  if (!scope) return false;
  ThreadState& thread = scope.thread();
  if (isDestroyed(mutex)) {
    report(thread, place, MisuseKind::UseAfterDestroy, mutex);
    return false;
  }
  if (!isOutermostLevel(mutex) || !mayUnlock(mutex, thread)) return false;
  checkUnlock(mutex, thread, place);
  detector().lockReleased(thread, addressOf(mutex), LockMode::Write, place);
  return true;
}

// A robust mutex whose owner has died may be destroyed: nobody can give it back.
void mutexDestroying(const pthread_mutex_t* mutex, const Place& place) {
  RuntimeScope scope;
  if (!scope) return;
  ThreadState& thread = scope.thread();
  if (isDestroyed(mutex)) return report(thread, place, MisuseKind::UseAfterDestroy, mutex);
  if (ownerOf(mutex) == 0 || isElided(mutex)) return;
  const bool isOwn = isOwner(mutex, thread) && thread.locks.find(addressOf(mutex)) != nullptr;
  const Detector::LockHolder holder = detector().lockHolder(thread, addressOf(mutex));
  const bool ownerLives = holder.thread != nullptr && !holder.thread->finished;
  if (isOwn || (isHeldByAnother(mutex, thread) && (ownerLives || !isRobust(mutex))))
    report(thread, place, MisuseKind::DestroyOfLocked, mutex);
}

}  // namespace snag
