// Intent: threads share the pointer to a function of a library that one of them loads; nothing orders them.
// Expect: data race on 'function' at LOAD, CALL
// Primitive: dlopen, dlclose
// Languages: C C++
// Flags: -ldl
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

typedef double Function(double);

static InvisibleTurns turns;
static void* library;
static Function* function;

static void* load(void* unused) {
  library = dlopen("libm.so.6", RTLD_NOW);
  function = (Function*)dlsym(library, "cos");  // RACE-LOAD
  invisiblePass(&turns);
  return unused;
}

static void* call(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", (int)function(0));  // RACE-CALL
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
