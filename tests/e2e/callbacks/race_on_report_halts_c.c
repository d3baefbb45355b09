// Intent: with halt_on_error the callback is called before the program ends.
// Expect: data race on 'shared' at WRITE, READ
// Says: heard 1
// Env: SNAG_OPTIONS=halt_on_error=1
#include <pthread.h>
#include <stdio.h>

#include "../../../runtime/include/snag/snag.h"
#include "invisible.h"

static int shared;
static volatile int sum;
static InvisibleTurns turns;

void snag_on_report(const snag_report* report) { fprintf(stderr, "heard %u\n", report->sequence); }

static void* write(void* nothing) {
  shared = 1;  // RACE-WRITE
  invisiblePass(&turns);
  return nothing;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, write, NULL);
  invisibleAwait(&turns, 1);
  sum = shared;  // RACE-READ
  pthread_join(thread, NULL);
  return 0;
}
