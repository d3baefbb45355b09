// Intent: readers let go before they write, and ask for the lock only with a try or a time limit while they read.
// Expect: silent
// Primitive: pthread_rwlock_t, read-lock upgraded to write
// Languages: C C++
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

enum { kThreads = 2, kRounds = 20 };
static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static int value = 0;

// With the lock in hand for reading, nobody gets it for writing.
static int isRefused(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return pthread_rwlock_trywrlock(&table) == EBUSY && pthread_rwlock_timedwrlock(&table, &now) == ETIMEDOUT;
}

static void* work(void* refusals) {
  for (int i = 0; i < kRounds; ++i) {
    pthread_rwlock_rdlock(&table);
    const int before = value;
    *(int*)refusals += isRefused();
    pthread_rwlock_unlock(&table);
    pthread_rwlock_wrlock(&table);
    value = value < before ? before : value + 1;
    pthread_rwlock_unlock(&table);
  }
  return NULL;
}

int main(void) {
  pthread_t threads[kThreads];
  int refusals[kThreads] = {0, 0};
  for (int i = 0; i < kThreads; ++i) pthread_create(&threads[i], NULL, work, &refusals[i]);
  for (int i = 0; i < kThreads; ++i) pthread_join(threads[i], NULL);
  printf("%d %d %d\n", value, refusals[0], refusals[1]);
  return 0;
}
