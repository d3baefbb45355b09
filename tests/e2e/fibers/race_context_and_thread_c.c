// Intent: a context that runs on a thread writes what another thread reads, and nothing orders the two.
// Expect: data race on 'shared' at WRITE, READ
// Primitive: swapcontext, makecontext
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

#include "invisible.h"

static int shared;
static InvisibleTurns turns;
static ucontext_t outside, inside;

static void run(void) {
  shared = 1;  // RACE-WRITE
  swapcontext(&inside, &outside);
}

static void* switchOver(void* stack) {
  getcontext(&inside);
  inside.uc_stack.ss_sp = stack;
  inside.uc_stack.ss_size = 65536;
  inside.uc_link = &outside;
  makecontext(&inside, run, 0);
  swapcontext(&outside, &inside);
  invisiblePass(&turns);
  return NULL;
}

int main(void) {
  pthread_t thread;
  char* stack = (char*)malloc(65536);
  pthread_create(&thread, NULL, switchOver, stack);
  invisibleAwait(&turns, 1);
  printf("%d\n", shared);  // RACE-READ
  pthread_join(thread, NULL);
  free(stack);
  return 0;
}
