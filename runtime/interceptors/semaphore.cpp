// Waiters are kept in the table of those of condition variables, for reports of a destroy while somebody waits.
#include <semaphore.h>

#include "interceptors/condition_waiters.h"
#include "interceptors/destroyed_mark.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

namespace {

SNAG_REAL(sem_init);
SNAG_REAL(sem_destroy);
SNAG_REAL(sem_post);
SNAG_REAL(sem_wait);
SNAG_REAL(sem_trywait);
SNAG_REAL(sem_timedwait);
SNAG_REAL(sem_clockwait);

// libc's own list of what a cancelled thread has to do; see condition.cpp.
extern "C" void _pthread_cleanup_push(_pthread_cleanup_buffer* buffer, void (*routine)(void*), void* argument);
extern "C" void _pthread_cleanup_pop(_pthread_cleanup_buffer* buffer, int execute);

int waited(sem_t* semaphore, int result) {
  if (result == 0) noteAcquire(semaphore);
  return result;
}

// glibc's semaphore begins with its value and, above that, how many sleep for want of it. Who takes a value leaves the
// sleepers in the same step, so both tell of one moment.
uint64_t contentOf(const sem_t* semaphore) {
  return __atomic_load_n(reinterpret_cast<const uint64_t*>(semaphore), __ATOMIC_RELAXED);
}
bool hasValue(const sem_t* semaphore) { return static_cast<uint32_t>(contentOf(semaphore)) != 0; }
bool hasSleepers(const sem_t* semaphore) { return contentOf(semaphore) >> 32 != 0; }

// Inside the runtime, like every use of the table here: a signal handler may post, and waits until the table is free.
void leaveWaiters(void* semaphore) {
  if (RuntimeScope scope; scope) conditionWaiters().leave(addressOf(semaphore));
}

template <typename RealWait>
int wait(sem_t* semaphore, const Place& place, RealWait&& realWait) {
  reportIfDestroyed(semaphore, place);
  bool mayBlock = false;
  if (RuntimeScope scope; scope && !hasValue(semaphore)) {
    ConditionWaiter other;
    conditionWaiters().enter(addressOf(semaphore),
                             {0, scope.thread().record, detector().contextFor(scope.thread(), place)}, &other);
    mayBlock = true;
  }
  if (!mayBlock) return waited(semaphore, realWait());
  _pthread_cleanup_buffer buffer;
  _pthread_cleanup_push(&buffer, leaveWaiters, semaphore);
  const int result = realWait();
  _pthread_cleanup_pop(&buffer, 1);
  return waited(semaphore, result);
}

void reportIfAwaited(const sem_t* semaphore, const Place& place) {
  if (hasValue(semaphore) || !hasSleepers(semaphore)) return;
  RuntimeScope scope;
  ConditionWaiter other;
  if (!scope || !conditionWaiters().isAwaited(addressOf(semaphore), &other)) return;
  Misuse misuse;
  misuse.kind = MisuseKind::DestroyInUse;
  misuse.object = addressOf(semaphore);
  misuse.add({MisuseRole::Caught, scope.thread().record, detector().contextFor(scope.thread(), place), misuse.object});
  misuse.add({MisuseRole::Waiting, other.thread, other.context, misuse.object});
  detector().reportMisuse(scope.thread(), misuse);
}

}  // namespace

SNAG_INTERCEPTOR int sem_init(sem_t* semaphore, int shared, unsigned value) {
  noteInitialised(semaphore);
  const int result = real_sem_init(semaphore, shared, value);
  if (result == 0) clearDestroyedMark(semaphore);
  return result;
}

SNAG_INTERCEPTOR int sem_destroy(sem_t* semaphore) {
  const Place place = SNAG_CALLER;
  reportIfDestroyed(semaphore, place);
  reportIfAwaited(semaphore, place);
  noteDestroyed(semaphore, place);
  const int result = real_sem_destroy(semaphore);
  if (result == 0 && runtimeIsActive()) setDestroyedMark(semaphore);
  return result;
}

SNAG_INTERCEPTOR int sem_post(sem_t* semaphore) {
  reportIfDestroyed(semaphore, SNAG_CALLER);
  noteRelease(semaphore);
  if (RuntimeScope scope; scope) conditionWaiters().signalled(addressOf(semaphore), false);
  return real_sem_post(semaphore);
}

SNAG_INTERCEPTOR int sem_wait(sem_t* semaphore) {
  return wait(semaphore, SNAG_CALLER, [=] { return real_sem_wait(semaphore); });
}

SNAG_INTERCEPTOR int sem_trywait(sem_t* semaphore) {
  reportIfDestroyed(semaphore, SNAG_CALLER);
  return waited(semaphore, real_sem_trywait(semaphore));
}

SNAG_INTERCEPTOR int sem_timedwait(sem_t* semaphore, const timespec* deadline) {
  return wait(semaphore, SNAG_CALLER, [=] { return real_sem_timedwait(semaphore, deadline); });
}

SNAG_INTERCEPTOR int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* deadline) {
  return wait(semaphore, SNAG_CALLER, [=] { return real_sem_clockwait(semaphore, clock, deadline); });
}
