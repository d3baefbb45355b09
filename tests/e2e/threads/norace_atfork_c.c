// Intent: atfork handlers take the locks before the fork and give them back on both sides; the child uses them, also in
// Intent: new threads, and makes a lock that another thread held a new one.
// Expect: silent
// Primitive: pthread_atfork, fork
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "invisible.h"

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, second = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t foreign = PTHREAD_MUTEX_INITIALIZER;
static int counter = 0;
static InvisibleTurns turns;

static void prepare(void) {
  pthread_mutex_lock(&first);
  pthread_mutex_lock(&second);
}

static void release(void) {
  pthread_mutex_unlock(&second);
  pthread_mutex_unlock(&first);
}

static void releaseInChild(void) {
  release();
  pthread_mutex_init(&foreign, 0);
}

static void* count(void* unused) {
  for (int i = 0; i < 20; ++i) {
    prepare();
    counter += 1;
    release();
  }
  return unused;
}

static void* holdForeign(void* unused) {
  pthread_mutex_lock(&foreign);
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  pthread_mutex_unlock(&foreign);
  return unused;
}

static int countInTwo(void) {
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], 0, count, 0);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], 0);
  pthread_mutex_lock(&foreign);
  counter += 1;
  pthread_mutex_unlock(&foreign);
  return counter;
}

int main(void) {
  pthread_t holder;
  pthread_atfork(prepare, release, releaseInChild);
  pthread_create(&holder, 0, holdForeign, 0);
  invisibleAwait(&turns, 1);
  const pid_t child = fork();
  if (child == 0) {
    const int counted = countInTwo();
    pthread_mutex_destroy(&first);
    _exit(counted == 41 ? 0 : 1);
  }
  invisiblePass(&turns);
  pthread_join(holder, 0);
  int status = 1;
  waitpid(child, &status, 0);
  printf("%d %d\n", countInTwo(), status);
  return 0;
}
