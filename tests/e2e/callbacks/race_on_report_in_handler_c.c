// Intent: a finding in a signal handler; the callback allocates and prints there, which is not held against it.
// Expect: data race on 'shared' at WRITE, HANDLER
// Says: heard: data race on 'shared'
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../runtime/include/snag/snag.h"
#include "invisible.h"

static int shared;
static volatile int sum;
static InvisibleTurns turns;

void snag_on_report(const snag_report* report) {
  char* text = malloc(200);
  snprintf(text, 200, "heard: %s", report->title);
  fprintf(stderr, "%s\n", text);
  free(text);
}

static void handle(int signal) {
  sum += shared + signal;  // RACE-HANDLER
  invisiblePass(&turns);
}

static void* target(void* nothing) {
  invisiblePass(&turns);
  invisibleAwait(&turns, 3);  // busy: the signal interrupts whatever it finds
  return nothing;
}

int main(void) {
  pthread_t thread;
  signal(SIGUSR1, handle);
  pthread_create(&thread, NULL, target, NULL);
  invisibleAwait(&turns, 1);
  pthread_kill(thread, SIGUSR1);
  invisibleAwait(&turns, 2);
  shared = 1;  // RACE-WRITE
  invisiblePass(&turns);
  pthread_join(thread, NULL);
  printf("%d\n", shared);
  return 0;
}
