// Intent: a thread forks again and again while two others report many findings: nobody waits for ever.
// Expect: lost update on 'values' at ADD, ADD
// Allow: lost update on 'values' at ADD, ADD
// Runs: 3
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "invisible.h"

enum { kFunctions = 20 };
static int values[kFunctions * 16];
static InvisibleTurns turns;

#define ADD(n) \
  __attribute__((noinline)) static void add##n(void) { values[n * 16] += 1; }
// Each function is a bug of its own.
ADD(0) ADD(1) ADD(2) ADD(3) ADD(4) ADD(5) ADD(6) ADD(7) ADD(8) ADD(9) ADD(10) ADD(11) ADD(12) ADD(13) ADD(14) ADD(15) ADD(16) ADD(17) ADD(18) ADD(19)  // RACE-ADD

static void (*const adders[kFunctions])(void) = {add0,  add1,  add2,  add3,  add4,  add5,  add6,  add7,  add8,  add9,
                                                 add10, add11, add12, add13, add14, add15, add16, add17, add18, add19};

static void* work(void* nothing) {
  invisibleMeet(&turns, 3);
  for (int round = 0; round < 20; ++round)
    for (int i = 0; i < kFunctions; ++i) adders[i]();
  return nothing;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, work, NULL);
  pthread_create(&two, NULL, work, NULL);
  invisibleMeet(&turns, 3);
  for (int i = 0; i < 30; ++i) {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, NULL, 0);
  }
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  puts("done");
  return 0;
}
