#include <semaphore.h>

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

int waited(sem_t* semaphore, int result) {
  if (result == 0) noteAcquire(semaphore);
  return result;
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
  noteDestroyed(semaphore, place);
  const int result = real_sem_destroy(semaphore);
  if (result == 0 && runtimeIsActive()) setDestroyedMark(semaphore);
  return result;
}

SNAG_INTERCEPTOR int sem_post(sem_t* semaphore) {
  reportIfDestroyed(semaphore, SNAG_CALLER);
  noteRelease(semaphore);
  return real_sem_post(semaphore);
}

SNAG_INTERCEPTOR int sem_wait(sem_t* semaphore) {
  reportIfDestroyed(semaphore, SNAG_CALLER);
  return waited(semaphore, real_sem_wait(semaphore));
}

SNAG_INTERCEPTOR int sem_trywait(sem_t* semaphore) {
  reportIfDestroyed(semaphore, SNAG_CALLER);
  return waited(semaphore, real_sem_trywait(semaphore));
}

SNAG_INTERCEPTOR int sem_timedwait(sem_t* semaphore, const timespec* deadline) {
  reportIfDestroyed(semaphore, SNAG_CALLER);
  return waited(semaphore, real_sem_timedwait(semaphore, deadline));
}

SNAG_INTERCEPTOR int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* deadline) {
  reportIfDestroyed(semaphore, SNAG_CALLER);
  return waited(semaphore, real_sem_clockwait(semaphore, clock, deadline));
}
