// Intent: a read-write lock is unlocked by who does not hold it, or once too often; another is locked by its own writer.
// Expect: mutex misuse: unlock of an unlocked mutex on 'once' at AGAIN, LAST
// Expect: mutex misuse: unlock of another thread's mutex on 'foreign' at UNLOCK, LOCK
// Expect: self-deadlock on 'own' at INNER, OUTER
// Primitive: pthread_rwlock_t, unlock of an unlocked mutex, unlock of a foreign mutex, self-deadlock
// Languages: C C++
#define _GNU_SOURCE 1
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static pthread_rwlock_t once = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t foreign = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t own = PTHREAD_RWLOCK_INITIALIZER;
static InvisibleTurns turns;

static void* hold(void* unused) {
  pthread_rwlock_wrlock(&foreign);  // RACE-LOCK
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  return unused;
}

int main(void) {
  pthread_t holder;
  pthread_rwlock_rdlock(&once);
  pthread_rwlock_unlock(&once);  // RACE-LAST
  pthread_rwlock_unlock(&once);  // RACE-AGAIN
  pthread_create(&holder, NULL, hold, NULL);
  invisibleAwait(&turns, 1);
  pthread_rwlock_unlock(&foreign);  // RACE-UNLOCK
  invisiblePass(&turns);
  pthread_join(holder, NULL);
  pthread_rwlock_wrlock(&own);                             // RACE-OUTER
  printf("%d\n", pthread_rwlock_rdlock(&own) == EDEADLK);  // RACE-INNER
  pthread_rwlock_unlock(&own);
  return 0;
}
