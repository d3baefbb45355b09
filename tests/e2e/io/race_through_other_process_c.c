// Intent: A line is sent to another process and comes back before the data is written, so nothing orders the two.
// Expect: data race on 'message' at WRITE, READ
// Primitive: exec, pipe
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int message;
static int to[2], back[2];

static void* sendIt(void* unused) {
  if (write(to[1], "line\n", 5) != 5) puts("not written");
  message = 7;  // RACE-WRITE
  invisiblePass(&turns);
  return unused;
}

static void* receiveIt(void* unused) {
  char line[8];
  if (read(back[0], line, sizeof line) != 5) puts("not read");
  wait(NULL);
  invisibleAwait(&turns, 1);
  int seen = message;  // RACE-READ
  printf("%d\n", seen);
  return unused;
}

int main(void) {
  pthread_t sender, receiver;
  if (pipe(to) != 0 || pipe(back) != 0) return 1;
  if (fork() == 0) {
    dup2(to[0], 0);
    dup2(back[1], 1);
    execlp("head", "head", "-n1", (char*)NULL);
    _exit(1);
  }
  pthread_create(&sender, NULL, sendIt, NULL);
  pthread_create(&receiver, NULL, receiveIt, NULL);
  pthread_join(sender, NULL);
  pthread_join(receiver, NULL);
  return 0;
}
