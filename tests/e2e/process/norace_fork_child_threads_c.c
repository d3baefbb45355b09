// Intent: a child of fork starts threads of its own, which take a lock that was made before the fork.
// Expect: silent
// Primitive: fork
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "invisible.h"

static int counter;
static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void* add(void* number) {
  if (number != NULL) invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  counter += 1;
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return number;
}

static int runChild(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, add, NULL);
  pthread_create(&two, NULL, add, &counter);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return counter == 2 ? 0 : 1;
}

static void* idle(void* unused) {
  pthread_mutex_lock(&lock);
  pthread_mutex_unlock(&lock);
  return unused;
}

int main(void) {
  pthread_t before;
  int status = 0;
  pthread_create(&before, NULL, idle, NULL);
  pthread_join(before, NULL);
  pid_t child = fork();
  if (child == 0) return runChild();
  waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}
