#include "interceptors/handler_frame.h"
#include "interceptors/mutex_events.h"
#include "interceptors/quiet_modules.h"
#include "interceptors/real_function.h"

using namespace snag;

namespace {

SNAG_REAL(pthread_mutex_init);
SNAG_REAL(pthread_mutex_destroy);
SNAG_REAL(pthread_mutex_lock);
SNAG_REAL(pthread_mutex_trylock);
SNAG_REAL(pthread_mutex_timedlock);
SNAG_REAL(pthread_mutex_clocklock);
SNAG_REAL(pthread_mutex_unlock);

}  // namespace

SNAG_INTERCEPTOR int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes) {
  noteInitialised(mutex);
  return real_pthread_mutex_init(mutex, attributes);
}

SNAG_INTERCEPTOR int pthread_mutex_destroy(pthread_mutex_t* mutex) {
  const Place place = SNAG_CALLER;
  mutexDestroying(mutex, place);
  const int error = real_pthread_mutex_destroy(mutex);
  if (error == 0) noteDestroyed(mutex, place);
  return error;
}

SNAG_INTERCEPTOR int pthread_mutex_lock(pthread_mutex_t* mutex) {
  noteUnsafeCall("pthread_mutex_lock", SNAG_CALLER);
  const Place place = SNAG_CALLER;
  if (isInOpenMp(place.pc)) return real_pthread_mutex_lock(mutex);
  mutexWanted(mutex, true, place);
  return mutexLocked(mutex, real_pthread_mutex_lock(mutex), place);
}

SNAG_INTERCEPTOR int pthread_mutex_trylock(pthread_mutex_t* mutex) {
  const Place place = SNAG_CALLER;
  if (isInOpenMp(place.pc)) return real_pthread_mutex_trylock(mutex);
  mutexWanted(mutex, false, place);
  return mutexLocked(mutex, real_pthread_mutex_trylock(mutex), place);
}

SNAG_INTERCEPTOR int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* deadline) {
  const Place place = SNAG_CALLER;
  mutexWanted(mutex, false, place);
  return mutexLocked(mutex, real_pthread_mutex_timedlock(mutex, deadline), place);
}

SNAG_INTERCEPTOR int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock, const timespec* deadline) {
  const Place place = SNAG_CALLER;
  mutexWanted(mutex, false, place);
  return mutexLocked(mutex, real_pthread_mutex_clocklock(mutex, clock, deadline), place);
}

SNAG_INTERCEPTOR int pthread_mutex_unlock(pthread_mutex_t* mutex) {
  const Place place = SNAG_CALLER;
  if (!isInOpenMp(place.pc)) mutexUnlocking(mutex, place);
  return real_pthread_mutex_unlock(mutex);
}
