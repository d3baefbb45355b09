// Intent: a lock of a C11 atomic_flag is given back with a relaxed clear.
// Expect: data race on 'Account::balance' at WRITE, READ
// Primitive: atomic_flag
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

struct Account {
  atomic_flag busy;
  long balance;
} account = {ATOMIC_FLAG_INIT, 0};
InvisibleTurns turns;

static void* work(void* unused) {
  while (atomic_flag_test_and_set_explicit(&account.busy, memory_order_acquire)) sched_yield();
  account.balance = 1;  // RACE-WRITE
  atomic_flag_clear_explicit(&account.busy, memory_order_relaxed);
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, work, NULL);
  invisibleAwait(&turns, 1);
  while (atomic_flag_test_and_set(&account.busy)) sched_yield();
  long seen = account.balance;  // RACE-READ
  atomic_flag_clear(&account.busy);
  pthread_join(thread, NULL);
  printf("%ld\n", seen);
  return 0;
}
