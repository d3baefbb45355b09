// Waiting gives the mutex back and takes it again. A signal by itself orders nothing: the mutex does.
#include "interceptors/mutex_events.h"
#include "interceptors/real_function.h"

using namespace snag;

namespace {

// glibc has a second, older set of these functions, for programs of before 2003.
SNAG_REAL_VERSION(pthread_cond_wait, "GLIBC_2.3.2");
SNAG_REAL_VERSION(pthread_cond_timedwait, "GLIBC_2.3.2");
SNAG_REAL(pthread_cond_clockwait);

// Whatever the wait returned, the mutex is held again.
int waited(pthread_mutex_t* mutex, int error, const Place& place) {
  noteLocked(mutex, LockMode::Write, place);
  return error;
}

}  // namespace

SNAG_INTERCEPTOR int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  mutexUnlocking(mutex);
  return waited(mutex, real_pthread_cond_wait(condition, mutex), SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* deadline) {
  mutexUnlocking(mutex);
  return waited(mutex, real_pthread_cond_timedwait(condition, mutex, deadline), SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                                            const timespec* deadline) {
  mutexUnlocking(mutex);
  return waited(mutex, real_pthread_cond_clockwait(condition, mutex, clock, deadline), SNAG_CALLER);
}
