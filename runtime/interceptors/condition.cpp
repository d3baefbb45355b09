// Waiting gives the mutex back and takes it again. A signal by itself orders nothing: the mutex does.
#include "interceptors/mutex_events.h"
#include "interceptors/real_function.h"

using namespace snag;

namespace {

// glibc has a second, older set of these functions, for programs of before 2003.
SNAG_REAL_VERSION(pthread_cond_wait, "GLIBC_2.3.2");
SNAG_REAL_VERSION(pthread_cond_timedwait, "GLIBC_2.3.2");
SNAG_REAL(pthread_cond_clockwait);

// libc's own list of what a cancelled thread has to do. (The macros of pthread.h need exceptions in C++.)
extern "C" void _pthread_cleanup_push(_pthread_cleanup_buffer* buffer, void (*routine)(void*), void* argument);
extern "C" void _pthread_cleanup_pop(_pthread_cleanup_buffer* buffer, int execute);

struct Wait {
  pthread_mutex_t* mutex;
  Place place;
};

void onMutexBack(void* wait) {
  const Wait& done = *static_cast<Wait*>(wait);
  noteLocked(done.mutex, LockMode::Write, done.place);
}

// However the wait ends, also by cancellation, the mutex is held again.
template <typename RealWait>
int wait(pthread_mutex_t* mutex, const Place& place, RealWait realWait) {
  mutexUnlocking(mutex);
  Wait waiting{mutex, place};
  _pthread_cleanup_buffer buffer;
  _pthread_cleanup_push(&buffer, onMutexBack, &waiting);
  const int error = realWait();
  _pthread_cleanup_pop(&buffer, 1);
  return error;
}

}  // namespace

SNAG_INTERCEPTOR int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  return wait(mutex, SNAG_CALLER, [=] { return real_pthread_cond_wait(condition, mutex); });
}

SNAG_INTERCEPTOR int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                            const timespec* deadline) {
  return wait(mutex, SNAG_CALLER, [=] { return real_pthread_cond_timedwait(condition, mutex, deadline); });
}

SNAG_INTERCEPTOR int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                                            const timespec* deadline) {
  return wait(mutex, SNAG_CALLER, [=] { return real_pthread_cond_clockwait(condition, mutex, clock, deadline); });
}
