// cnd_t's functions do not go through the POSIX names.
#include <threads.h>

#include "interceptors/mutex_events.h"
#include "interceptors/real_function.h"

using namespace snag;

namespace {

SNAG_REAL(cnd_wait);
SNAG_REAL(cnd_timedwait);

pthread_mutex_t* asPosix(mtx_t* mutex) { return reinterpret_cast<pthread_mutex_t*>(mutex); }

}  // namespace

SNAG_INTERCEPTOR int cnd_wait(cnd_t* condition, mtx_t* mutex) {
  mutexUnlocking(asPosix(mutex));
  const int result = real_cnd_wait(condition, mutex);
  noteLocked(mutex, LockMode::Write, SNAG_CALLER);
  return result;
}

SNAG_INTERCEPTOR int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* deadline) {
  mutexUnlocking(asPosix(mutex));
  const int result = real_cnd_timedwait(condition, mutex, deadline);
  noteLocked(mutex, LockMode::Write, SNAG_CALLER);
  return result;
}
