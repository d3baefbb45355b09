// Intent: a lock that siglongjmp left behind unlocked, as it should, protects nothing of what comes after the jump.
// Expect: lost update on 'counter' at ADD, ADD
// Primitive: longjmp
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int counter = 0;

static void unlockAndJump(sigjmp_buf* back, int depth) {
  if (depth > 0) unlockAndJump(back, depth - 1);
  pthread_mutex_unlock(&mutex);
  siglongjmp(*back, 1);
}

static void* work(void* number) {
  sigjmp_buf back;
  invisibleAwait(&turns, *(int*)number);
  pthread_mutex_lock(&mutex);
  if (sigsetjmp(back, 1) == 0) unlockAndJump(&back, 5);
  counter += 1;  // RACE-ADD
  invisiblePass(&turns);
  return NULL;
}

// The lock orders what the first did before its unlock with the second; the addition comes after it.
int main(void) {
  pthread_t threads[2];
  int numbers[2] = {0, 1};
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], NULL, work, &numbers[i]);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
  printf("%d\n", counter);
  return 0;
}
