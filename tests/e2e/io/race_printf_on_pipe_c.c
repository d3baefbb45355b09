// Intent: A formatted line goes through two streams on a pipe before the data is written, so nothing orders the two.
// Expect: data race on 'message' at WRITE, READ
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
  fprintf(out, "%d\n", 3);
  fflush(out);
  message = 7;  // RACE-WRITE
  invisiblePass(&turns);
  return unused;
}

static void* receiveIt(void* unused) {
  int number = fgetc(in);
  if (number != '3') puts("another number");
  invisibleAwait(&turns, 1);
  int seen = message;  // RACE-READ
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
