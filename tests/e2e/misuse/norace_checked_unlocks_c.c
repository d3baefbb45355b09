// Intent: error-checking, recursive and robust mutexes promise errors for wrong unlocks and relocks; asking is no mistake.
// Expect: silent
// Reference: reports checked use
// Primitive: pthread_mutex_t error-checking, pthread_mutex_t recursive, pthread_mutex_t robust
// Primitive: unlock of an unlocked mutex, unlock of a foreign mutex
// Languages: C C++
#define _GNU_SOURCE 1
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t checked, recursive, robust;
static int errors = 0;

static void create(pthread_mutex_t* mutex, int type, int robustness) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, type);
  pthread_mutexattr_setrobust(&attributes, robustness);
  pthread_mutex_init(mutex, &attributes);
  pthread_mutexattr_destroy(&attributes);
}

static void* unlockAll(void* unused) {
  errors += pthread_mutex_unlock(&checked) == EPERM;
  errors += pthread_mutex_unlock(&recursive) == EPERM;
  errors += pthread_mutex_unlock(&robust) == EPERM;
  return unused;
}

int main(void) {
  create(&checked, PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_STALLED);
  create(&recursive, PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_STALLED);
  create(&robust, PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST);
  unlockAll(0);
  pthread_mutex_lock(&checked);
  pthread_mutex_lock(&recursive);
  pthread_mutex_lock(&recursive);
  pthread_mutex_lock(&robust);
  errors += pthread_mutex_lock(&checked) == EDEADLK;
  pthread_t other;
  pthread_create(&other, 0, unlockAll, 0);
  pthread_join(other, 0);
  pthread_mutex_unlock(&robust);
  pthread_mutex_unlock(&recursive);
  pthread_mutex_unlock(&recursive);
  pthread_mutex_unlock(&checked);
  unlockAll(0);
  pthread_mutex_destroy(&robust);
  pthread_mutex_destroy(&recursive);
  pthread_mutex_destroy(&checked);
  printf("%d\n", errors);
  return 0;
}
