// Intent: a thread starts other programs by vfork with exec and by posix_spawn; what it does afterwards races as before.
// Expect: lost update on 'counter' at ADD, ADD
// Primitive: vfork, exec, posix_spawn
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "invisible.h"

static int counter;
static InvisibleTurns turns;

static void add(void) {
  counter += 1;  // RACE-ADD
}

static void* spawnAndAdd(void* unused) {
  int status = 0;
  char name[] = "true", *arguments[] = {name, NULL};
  pid_t child = vfork();
  if (child == 0) {
    execvp("true", arguments);
    _exit(1);
  }
  waitpid(child, &status, 0);
  if (posix_spawnp(&child, "true", NULL, NULL, arguments, environ) == 0) waitpid(child, &status, 0);
  add();
  invisiblePass(&turns);
  return unused;
}

static void* onlyAdd(void* unused) {
  invisibleAwait(&turns, 1);
  add();
  return unused;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, spawnAndAdd, NULL);
  pthread_create(&two, NULL, onlyAdd, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  printf("%d\n", counter);
  return 0;
}
