// mtx_t is a pthread_mutex_t in glibc, but its functions do not go through the POSIX names.
#include <threads.h>

#include "interceptors/mutex_events.h"
#include "interceptors/real_function.h"

using namespace snag;

namespace {

SNAG_REAL(mtx_init);
SNAG_REAL(mtx_destroy);
SNAG_REAL(mtx_lock);
SNAG_REAL(mtx_trylock);
SNAG_REAL(mtx_timedlock);
SNAG_REAL(mtx_unlock);

pthread_mutex_t* asPosix(mtx_t* mutex) { return reinterpret_cast<pthread_mutex_t*>(mutex); }

int locked(mtx_t* mutex, int result, const Place& place) {
  if (result == thrd_success) mutexLocked(asPosix(mutex), 0, place);
  return result;
}

}  // namespace

SNAG_INTERCEPTOR int mtx_init(mtx_t* mutex, int type) {
  noteDestroyed(mutex);
  return real_mtx_init(mutex, type);
}

SNAG_INTERCEPTOR void mtx_destroy(mtx_t* mutex) {
  noteDestroyed(mutex);
  real_mtx_destroy(mutex);
}

SNAG_INTERCEPTOR int mtx_lock(mtx_t* mutex) { return locked(mutex, real_mtx_lock(mutex), SNAG_CALLER); }

SNAG_INTERCEPTOR int mtx_trylock(mtx_t* mutex) { return locked(mutex, real_mtx_trylock(mutex), SNAG_CALLER); }

SNAG_INTERCEPTOR int mtx_timedlock(mtx_t* mutex, const timespec* deadline) {
  return locked(mutex, real_mtx_timedlock(mutex, deadline), SNAG_CALLER);
}

SNAG_INTERCEPTOR int mtx_unlock(mtx_t* mutex) {
  mutexUnlocking(asPosix(mutex));
  return real_mtx_unlock(mutex);
}
