// Intent: two threads that were created detached count without a lock, one on a stack of the program's own.
// Expect: lost update on 'counter' at ADD, ADD
// Primitive: pthread_attr_t detached state, pthread_attr_t stack
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>

#include "invisible.h"

enum { kStack = 256 * 1024 };

int counter = 0;
InvisibleTurns turns;

static void* add(void* argument) {
  invisibleAwait(&turns, argument != 0);
  counter += 1;  // RACE-ADD
  invisiblePass(&turns);
  return 0;
}

int main(void) {
  pthread_t thread;
  pthread_attr_t attributes;
  char* stack = (char*)mmap(0, kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_create(&thread, &attributes, add, 0);
  pthread_attr_setstack(&attributes, stack, kStack);
  pthread_create(&thread, &attributes, add, stack);
  invisibleAwait(&turns, 2);
  printf("done\n");
  return 0;
}
