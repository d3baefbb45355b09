#include <pthread.h>

#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

namespace {

SNAG_REAL(pthread_spin_init);
SNAG_REAL(pthread_spin_destroy);
SNAG_REAL(pthread_spin_lock);
SNAG_REAL(pthread_spin_trylock);
SNAG_REAL(pthread_spin_unlock);

int locked(pthread_spinlock_t* lock, int error, const Place& place) {
  if (error == 0) noteLocked(lock, LockMode::Write, place);
  return error;
}

}  // namespace

SNAG_INTERCEPTOR int pthread_spin_init(pthread_spinlock_t* lock, int shared) {
  noteDestroyed(lock);
  return real_pthread_spin_init(lock, shared);
}

SNAG_INTERCEPTOR int pthread_spin_destroy(pthread_spinlock_t* lock) {
  noteDestroyed(lock);
  return real_pthread_spin_destroy(lock);
}

SNAG_INTERCEPTOR int pthread_spin_lock(pthread_spinlock_t* lock) {
  return locked(lock, real_pthread_spin_lock(lock), SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_spin_trylock(pthread_spinlock_t* lock) {
  return locked(lock, real_pthread_spin_trylock(lock), SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_spin_unlock(pthread_spinlock_t* lock) {
  noteUnlocking(lock, LockMode::Write);
  return real_pthread_spin_unlock(lock);
}
