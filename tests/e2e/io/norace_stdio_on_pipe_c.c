// Intent: A line goes through two streams on a pipe after the data is written: whoever gets it comes after.
// Expect: silent
// Primitive: stdio on a pipe
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int message;
static int ends[2];
static FILE *in, *out;

static void* sendIt(void* unused) {
  message = 7;
  fputs("line\n", out);
  fflush(out);
  invisiblePass(&turns);
  return unused;
}

static void* receiveIt(void* unused) {
  char line[16];
  if (fgets(line, sizeof line, in) == NULL) puts("no line");
  invisibleAwait(&turns, 1);
  int seen = message;
  printf("%d\n", seen);
  return unused;
}

int main(void) {
  pthread_t sender, receiver;
  if (pipe(ends) != 0) return 1;
  in = fdopen(ends[0], "r");
  out = fdopen(ends[1], "w");
  pthread_create(&sender, NULL, sendIt, NULL);
  pthread_create(&receiver, NULL, receiveIt, NULL);
  pthread_join(sender, NULL);
  pthread_join(receiver, NULL);
  return 0;
}
