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
  noteInitialised(mutex);
  return real_mtx_init(mutex, type);
}

SNAG_INTERCEPTOR void mtx_destroy(mtx_t* mutex) {
  const Place place = SNAG_CALLER;
  mutexDestroying(asPosix(mutex), place);
  noteDestroyed(mutex, place);
  real_mtx_destroy(mutex);
}

SNAG_INTERCEPTOR int mtx_lock(mtx_t* mutex) {
  const Place place = SNAG_CALLER;
  mutexWanted(asPosix(mutex), true, place);
  return locked(mutex, real_mtx_lock(mutex), place);
}

SNAG_INTERCEPTOR int mtx_trylock(mtx_t* mutex) {
  const Place place = SNAG_CALLER;
  mutexWanted(asPosix(mutex), false, place);
  return locked(mutex, real_mtx_trylock(mutex), place);
}

SNAG_INTERCEPTOR int mtx_timedlock(mtx_t* mutex, const timespec* deadline) {
  const Place place = SNAG_CALLER;
  mutexWanted(asPosix(mutex), false, place);
  return locked(mutex, real_mtx_timedlock(mutex, deadline), place);
}

SNAG_INTERCEPTOR int mtx_unlock(mtx_t* mutex) {
  mutexUnlocking(asPosix(mutex), SNAG_CALLER);
  return real_mtx_unlock(mutex);
}
