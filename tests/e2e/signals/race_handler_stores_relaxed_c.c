// Intent: a handler writes and then stores a relaxed atomic: whoever loads it learns nothing.
// Expect: data race on 'message' at WRITE, READ
// Primitive: signal handler with atomics
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

static int message, copy;
static atomic_int flag;
static InvisibleTurns turns;

static void handle(int signal) {
  (void)signal;
  message = 1;  // RACE-WRITE
  atomic_store_explicit(&flag, 1, memory_order_relaxed);
}

static void* receive(void* unused) {
  raise(SIGUSR1);
  invisiblePass(&turns);
  return unused;
}

static void* look(void* unused) {
  invisibleAwait(&turns, 1);
  if (atomic_load_explicit(&flag, memory_order_acquire) == 1) {
    copy = message;  // RACE-READ
  }
  return unused;
}

int main(void) {
  pthread_t receiver, reader;
  signal(SIGUSR1, handle);
  pthread_create(&receiver, NULL, receive, NULL);
  pthread_create(&reader, NULL, look, NULL);
  pthread_join(receiver, NULL);
  pthread_join(reader, NULL);
  printf("%d\n", copy);
  return 0;
}
