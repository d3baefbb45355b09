// Intent: a thread writes its cell again right after the barrier while its neighbour still reads it.
// Expect: data race on 'cell' at READ, AGAIN
// Primitive: pthread_barrier_t
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static pthread_barrier_t barrier;
int cell = 0;
int seen = 0;
InvisibleTurns turns;

static void* write(void* unused) {
  cell = 1;
  pthread_barrier_wait(&barrier);
  invisibleAwait(&turns, 1);
  cell = 2;  // RACE-AGAIN
  return unused;
}

static void* read(void* unused) {
  pthread_barrier_wait(&barrier);
  seen = cell;  // RACE-READ
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t writer, reader;
  pthread_barrier_init(&barrier, 0, 2);
  pthread_create(&writer, 0, write, 0);
  pthread_create(&reader, 0, read, 0);
  pthread_join(writer, 0);
  pthread_join(reader, 0);
  pthread_barrier_destroy(&barrier);
  printf("%d\n", seen);
  return 0;
}
