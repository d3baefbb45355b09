// Intent: a thread asks for a read-write lock that it holds with tries and time limits only, and unlocks as often as it locked.
// Expect: silent
// Primitive: pthread_rwlock_t, unlock of an unlocked mutex, unlock of a foreign mutex, self-deadlock
// Languages: C C++
#define _GNU_SOURCE 1
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int refused;

static void* use(void* unused) {
  const struct timespec past = {1, 0};
  for (int i = 0; i < 10; ++i) {
    pthread_rwlock_wrlock(&lock);
    refused += pthread_rwlock_tryrdlock(&lock) == EBUSY;
    refused += pthread_rwlock_trywrlock(&lock) == EBUSY;
    refused += pthread_rwlock_timedwrlock(&lock, &past) != 0;
    pthread_rwlock_unlock(&lock);
    pthread_rwlock_rdlock(&lock);
    if (pthread_rwlock_rdlock(&lock) == 0) pthread_rwlock_unlock(&lock);
    pthread_rwlock_unlock(&lock);
  }
  return unused;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, use, NULL);
  pthread_create(&two, NULL, use, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  printf("%d\n", refused);
  return 0;
}
