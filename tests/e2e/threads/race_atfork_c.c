// Intent: the handler that runs before a fork writes what another thread reads, and nothing orders the two.
// Expect: data race on 'prepared' at WRITE, READ
// Primitive: pthread_atfork, fork
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "invisible.h"

int prepared = 0;
int seen = 0;
InvisibleTurns turns;

static void prepare(void) {
  prepared = 1;  // RACE-WRITE
}

static void* look(void* unused) {
  invisibleAwait(&turns, 1);
  seen = prepared;  // RACE-READ
  return unused;
}

int main(void) {
  pthread_t reader;
  int status = 1;
  pthread_atfork(prepare, 0, 0);
  pthread_create(&reader, 0, look, 0);
  const pid_t child = fork();
  if (child == 0) _exit(0);
  invisiblePass(&turns);
  pthread_join(reader, 0);
  waitpid(child, &status, 0);
  printf("%d %d\n", seen, status);
  return 0;
}
