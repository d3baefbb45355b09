// Intent: threads share the pointer to a function of a library that one of them loads under a lock, and unload it again.
// Expect: silent
// Primitive: dlopen, dlclose
// Languages: C C++
// Flags: -ldl
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

typedef double Function(double);

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void* library;
static Function* function;

static void* load(void* unused) {
  pthread_mutex_lock(&lock);
  library = dlopen("libm.so.6", RTLD_NOW);
  function = (Function*)dlsym(library, "cos");
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

static void* call(void* unused) {
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  printf("%d\n", (int)function(0));
  pthread_mutex_unlock(&lock);
  return unused;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, load, NULL);
  pthread_create(&two, NULL, call, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  printf("%d\n", dlclose(library));
  return 0;
}
