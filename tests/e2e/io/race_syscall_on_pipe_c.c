// Intent: A byte goes through a pipe by syscall() before the data is written, so nothing orders the two.
// Expect: data race on 'message' at WRITE, READ
// Primitive: syscall(SYS_read), syscall(SYS_write)
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int message;
static int ends[2];

static void* sendIt(void* unused) {
  if (syscall(SYS_write, ends[1], "m", 1) != 1) puts("not written");
  message = 7;  // RACE-WRITE
  invisiblePass(&turns);
  return unused;
}

static void* receiveIt(void* unused) {
  char byte;
  if (syscall(SYS_read, ends[0], &byte, 1) != 1) puts("not read");
  invisibleAwait(&turns, 1);
  int seen = message;  // RACE-READ
  printf("%d\n", seen);
  return unused;
}

int main(void) {
  pthread_t sender, receiver;
  if (pipe(ends) != 0) return 1;
  pthread_create(&sender, NULL, sendIt, NULL);
  pthread_create(&receiver, NULL, receiveIt, NULL);
  pthread_join(sender, NULL);
  pthread_join(receiver, NULL);
  return 0;
}
