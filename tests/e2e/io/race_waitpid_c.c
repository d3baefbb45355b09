// Intent: A child process is told to end before the data is written, so nothing orders the two.
// Expect: data race on 'message' at WRITE, READ
// Primitive: waitpid, fork
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int message;
static pid_t child;

static void* sendIt(void* unused) {
  kill(child, SIGKILL);
  message = 7;  // RACE-WRITE
  invisiblePass(&turns);
  return unused;
}

static void* receiveIt(void* unused) {
  int status;
  if (waitpid(child, &status, 0) != child) puts("no child");
  invisibleAwait(&turns, 1);
  int seen = message;  // RACE-READ
  printf("%d\n", seen);
  return unused;
}

int main(void) {
  pthread_t sender, receiver;
  child = fork();
  if (child == 0) {
    for (;;) pause();
  }
  pthread_create(&sender, NULL, sendIt, NULL);
  pthread_create(&receiver, NULL, receiveIt, NULL);
  pthread_join(sender, NULL);
  pthread_join(receiver, NULL);
  return 0;
}
