// Intent: one of two threads updates without a lock made of an atomic and futex waits.
// Expect: lost update on 'counter' at FIRST, SECOND
// Primitive: raw futex lock
// Languages: C C++
#define _GNU_SOURCE 1
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int counter;
static atomic_int word;  // 0: free, 1: taken, 2: taken and waited for

static void takeLock(void) {
  int expected = 0;
  if (atomic_compare_exchange_strong(&word, &expected, 1)) return;
  while (atomic_exchange(&word, 2) != 0) syscall(SYS_futex, &word, FUTEX_WAIT, 2, NULL, NULL, 0);
}
static void giveLock(void) {
  if (atomic_exchange(&word, 0) == 2) syscall(SYS_futex, &word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static void* runFirst(void* unused) {
  takeLock();
  counter += 1;  // RACE-FIRST
  giveLock();
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  counter += 1;  // RACE-SECOND
  return unused;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  printf("%d\n", counter);
  return 0;
}
