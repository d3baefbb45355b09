// Intent: destroyed primitives are initialised again, by their functions, by assignment, and as other objects in the
// Intent: same memory; then used.
// Expect: silent
// Primitive: pthread_mutex_t, pthread_rwlock_t, pthread_cond_t, pthread_spinlock_t, pthread_barrier_t, sem_t
// Primitive: destroy of a locked mutex, use after destroy
// Languages: C C++
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>

static union {
  pthread_mutex_t mutex;
  pthread_rwlock_t rwlock;
  pthread_cond_t condition;
  pthread_spinlock_t spin;
  pthread_barrier_t barrier;
  sem_t semaphore;
} memory;

static int uses = 0;

static void useMutex(void) {
  pthread_mutex_lock(&memory.mutex);
  uses += 1;
  pthread_mutex_unlock(&memory.mutex);
  pthread_mutex_destroy(&memory.mutex);
}

static void useRwlock(void) {
  pthread_rwlock_wrlock(&memory.rwlock);
  uses += 1;
  pthread_rwlock_unlock(&memory.rwlock);
  pthread_rwlock_destroy(&memory.rwlock);
}

static void useOthers(void) {
  pthread_cond_init(&memory.condition, 0);
  pthread_cond_signal(&memory.condition);
  pthread_cond_destroy(&memory.condition);
  pthread_spin_init(&memory.spin, PTHREAD_PROCESS_PRIVATE);
  pthread_spin_lock(&memory.spin);
  pthread_spin_unlock(&memory.spin);
  pthread_spin_destroy(&memory.spin);
  pthread_barrier_init(&memory.barrier, 0, 1);
  pthread_barrier_wait(&memory.barrier);
  pthread_barrier_destroy(&memory.barrier);
  sem_init(&memory.semaphore, 0, 1);
  sem_wait(&memory.semaphore);
  sem_destroy(&memory.semaphore);
}

int main(void) {
  for (int round = 0; round < 3; ++round) {
    pthread_mutex_init(&memory.mutex, 0);
    useMutex();
    pthread_mutex_t freshMutex = PTHREAD_MUTEX_INITIALIZER;
    memcpy(&memory.mutex, &freshMutex, sizeof freshMutex);
    useMutex();
    pthread_rwlock_init(&memory.rwlock, 0);
    useRwlock();
    pthread_rwlock_t freshRwlock = PTHREAD_RWLOCK_INITIALIZER;
    memcpy(&memory.rwlock, &freshRwlock, sizeof freshRwlock);
    useRwlock();
    useOthers();
  }
  printf("%d\n", uses);
  return 0;
}
