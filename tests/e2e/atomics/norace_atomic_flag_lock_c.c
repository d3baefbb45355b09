// Intent: a lock of a C11 atomic_flag; one thread takes and drops it with acquire and release, the other with seq_cst.
// Expect: silent
// Primitive: atomic_flag
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

enum { kRounds = 100 };

struct Account {
  atomic_flag busy;
  long balance;
} account = {ATOMIC_FLAG_INIT, 0};
InvisibleTurns turns;

static void* deposit(void* unused) {
  for (int i = 0; i < kRounds; ++i) {
    invisibleMeet(&turns, 2);
    while (atomic_flag_test_and_set_explicit(&account.busy, memory_order_acquire)) sched_yield();
    account.balance += 3;
    atomic_flag_clear_explicit(&account.busy, memory_order_release);
  }
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, deposit, NULL);
  for (int i = 0; i < kRounds; ++i) {
    invisibleMeet(&turns, 2);
    while (atomic_flag_test_and_set(&account.busy)) sched_yield();
    account.balance -= 1;
    atomic_flag_clear(&account.busy);
  }
  pthread_join(thread, NULL);
  printf("%ld\n", account.balance);
  return 0;
}
