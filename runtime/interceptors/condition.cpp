// Waiting gives the mutex back and takes it again. A signal by itself orders no accesses: the mutex does.
//
// cnd_t is a pthread_cond_t in glibc, but its functions do not go through the POSIX names.
#include <threads.h>

#include "interceptors/condition_waiters.h"
#include "interceptors/mutex_events.h"
#include "interceptors/quiet_modules.h"
#include "interceptors/real_function.h"

using namespace snag;

namespace {

// glibc has a second, older set of these functions, for programs of before 2003.
SNAG_REAL_VERSION(pthread_cond_init, "GLIBC_2.3.2");
SNAG_REAL_VERSION(pthread_cond_destroy, "GLIBC_2.3.2");
SNAG_REAL_VERSION(pthread_cond_wait, "GLIBC_2.3.2");
SNAG_REAL_VERSION(pthread_cond_timedwait, "GLIBC_2.3.2");
SNAG_REAL(pthread_cond_clockwait);
SNAG_REAL_VERSION(pthread_cond_signal, "GLIBC_2.3.2");
SNAG_REAL_VERSION(pthread_cond_broadcast, "GLIBC_2.3.2");
SNAG_REAL(cnd_init);
SNAG_REAL(cnd_destroy);
SNAG_REAL(cnd_wait);
SNAG_REAL(cnd_timedwait);
SNAG_REAL(cnd_signal);
SNAG_REAL(cnd_broadcast);

// libc's own list of what a cancelled thread has to do. (The macros of pthread.h need exceptions in C++.)
extern "C" void _pthread_cleanup_push(_pthread_cleanup_buffer* buffer, void (*routine)(void*), void* argument);
extern "C" void _pthread_cleanup_pop(_pthread_cleanup_buffer* buffer, int execute);

pthread_mutex_t* asPosix(mtx_t* mutex) { return reinterpret_cast<pthread_mutex_t*>(mutex); }
pthread_cond_t* asPosix(cnd_t* condition) { return reinterpret_cast<pthread_cond_t*>(condition); }

// glibc counts references in __wrefs; its low bits: shared by processes, clock, destroyed.
constexpr unsigned kSharedBit = 1, kDestroyedBit = 4;
bool isShared(const pthread_cond_t* condition) { return (condition->__data.__wrefs & kSharedBit) != 0; }
bool isDestroyed(const pthread_cond_t* condition) { return (condition->__data.__wrefs & kDestroyedBit) != 0; }

// --- misuse ---------------------------------------------------------------------------------------------

void checkUse(const pthread_cond_t* condition, const Place& place) {
  if (__builtin_expect(!isDestroyed(condition), 1)) return;
  if (RuntimeScope scope; scope)
    detector().reportLockMisuse(scope.thread(), place, MisuseKind::UseAfterDestroy, addressOf(condition));
}

void reportWaiter(ThreadState& thread, MisuseKind kind, const pthread_cond_t* condition, const ConditionWaiter& self,
                  const ConditionWaiter& other) {
  Misuse misuse;
  misuse.kind = kind;
  misuse.object = addressOf(condition);
  misuse.add({MisuseRole::Caught, self.thread, self.context, misuse.object, self.mutex});
  misuse.add({MisuseRole::Waiting, other.thread, other.context, misuse.object, other.mutex});
  detector().reportMisuse(thread, misuse);
}

void checkDestroy(const pthread_cond_t* condition, const Place& place) {
  checkUse(condition, place);
  ConditionWaiter other;
  if (isShared(condition) || !conditionWaiters().isAwaited(addressOf(condition), &other)) return;
  if (RuntimeScope scope; scope)
    reportWaiter(scope.thread(), MisuseKind::DestroyInUse, condition,
                 {0, scope.thread().record, detector().contextFor(scope.thread(), place)}, other);
}

// --- waiting --------------------------------------------------------------------------------------------

struct Wait {
  pthread_cond_t* condition;
  pthread_mutex_t* mutex;
  Place place;
  bool isCounted = false;  // among the condition's waiters
  bool isGivenBack = false;
};

void beginWait(Wait& wait) {
  checkUse(wait.condition, wait.place);
  if (RuntimeScope scope; scope && !isShared(wait.condition)) {
    const ConditionWaiter self{addressOf(wait.mutex), scope.thread().record,
                               detector().contextFor(scope.thread(), wait.place)};
    ConditionWaiter other;
    wait.isCounted = true;
    if (conditionWaiters().enter(addressOf(wait.condition), self, &other))
      reportWaiter(scope.thread(), MisuseKind::ConditionTwoMutexes, wait.condition, self, other);
  }
  noteSignalling(wait.condition);
  wait.isGivenBack = mutexUnlocking(wait.mutex, wait.place);
}

void endWait(void* wait) {
  const Wait& done = *static_cast<Wait*>(wait);
  if (done.isCounted) conditionWaiters().leave(addressOf(done.condition));
  noteAwaited(done.condition);
  if (done.isGivenBack) noteLocked(done.mutex, LockMode::Write, done.place);
}

// However the wait ends, also by cancellation, the mutex is held again.
template <typename RealWait>
int wait(pthread_cond_t* condition, pthread_mutex_t* mutex, const Place& place, RealWait realWait) {
  Wait waiting{condition, mutex, place};
  beginWait(waiting);
  _pthread_cleanup_buffer buffer;
  _pthread_cleanup_push(&buffer, endWait, &waiting);
  const int error = realWait();
  _pthread_cleanup_pop(&buffer, 1);
  return error;
}

// Before the real signal: whoever it wakes counts as woken when it leaves.
void signalling(const pthread_cond_t* condition, bool all, const Place& place) {
  checkUse(condition, place);
  noteSignalling(condition);
  if (runtimeIsActive()) conditionWaiters().signalled(addressOf(condition), all);
}

}  // namespace

SNAG_INTERCEPTOR int pthread_cond_init(pthread_cond_t* condition, const pthread_condattr_t* attributes) noexcept {
  noteInitialised(condition);
  return real_pthread_cond_init(condition, attributes);
}

SNAG_INTERCEPTOR int pthread_cond_destroy(pthread_cond_t* condition) noexcept {
  const Place place = SNAG_CALLER;
  checkDestroy(condition, place);
  noteDestroyed(condition, place);
  return real_pthread_cond_destroy(condition);
}

SNAG_INTERCEPTOR int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  const Place place = SNAG_CALLER;
  if (isInOpenMp(place.pc)) return real_pthread_cond_wait(condition, mutex);
  return wait(condition, mutex, place, [=] { return real_pthread_cond_wait(condition, mutex); });
}

SNAG_INTERCEPTOR int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                            const timespec* deadline) {
  return wait(condition, mutex, SNAG_CALLER, [=] { return real_pthread_cond_timedwait(condition, mutex, deadline); });
}

SNAG_INTERCEPTOR int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                                            const timespec* deadline) {
  return wait(condition, mutex, SNAG_CALLER,
              [=] { return real_pthread_cond_clockwait(condition, mutex, clock, deadline); });
}

SNAG_INTERCEPTOR int pthread_cond_signal(pthread_cond_t* condition) noexcept {
  const Place place = SNAG_CALLER;
  if (!isInOpenMp(place.pc)) signalling(condition, false, place);
  return real_pthread_cond_signal(condition);
}

SNAG_INTERCEPTOR int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
  signalling(condition, true, SNAG_CALLER);
  return real_pthread_cond_broadcast(condition);
}

SNAG_INTERCEPTOR int cnd_init(cnd_t* condition) {
  noteInitialised(condition);
  return real_cnd_init(condition);
}

SNAG_INTERCEPTOR void cnd_destroy(cnd_t* condition) {
  const Place place = SNAG_CALLER;
  checkDestroy(asPosix(condition), place);
  noteDestroyed(condition, place);
  real_cnd_destroy(condition);
}

SNAG_INTERCEPTOR int cnd_wait(cnd_t* condition, mtx_t* mutex) {
  return wait(asPosix(condition), asPosix(mutex), SNAG_CALLER, [=] { return real_cnd_wait(condition, mutex); });
}

SNAG_INTERCEPTOR int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* deadline) {
  return wait(asPosix(condition), asPosix(mutex), SNAG_CALLER,
              [=] { return real_cnd_timedwait(condition, mutex, deadline); });
}

SNAG_INTERCEPTOR int cnd_signal(cnd_t* condition) {
  signalling(asPosix(condition), false, SNAG_CALLER);
  return real_cnd_signal(condition);
}

SNAG_INTERCEPTOR int cnd_broadcast(cnd_t* condition) {
  signalling(asPosix(condition), true, SNAG_CALLER);
  return real_cnd_broadcast(condition);
}
