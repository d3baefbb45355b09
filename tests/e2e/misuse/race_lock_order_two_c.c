// Intent: two threads take two mutexes in opposite order; this time they do not meet.
// Expect: lock-order inversion on 'left' at SECOND, FIRST
// Primitive: pthread_mutex_t, lock order
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
int moved = 0;
InvisibleTurns turns;

static void* moveRight(void* unused) {
  pthread_mutex_lock(&left);
  pthread_mutex_lock(&right);  // RACE-FIRST
  moved += 1;
  pthread_mutex_unlock(&right);
  pthread_mutex_unlock(&left);
  invisiblePass(&turns);
  return unused;
}

static void* moveLeft(void* unused) {
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&right);
  pthread_mutex_lock(&left);  // RACE-SECOND
  moved -= 1;
  pthread_mutex_unlock(&left);
  pthread_mutex_unlock(&right);
  return unused;
}

int main(void) {
  pthread_t first, second;
  pthread_create(&first, 0, moveRight, 0);
  pthread_create(&second, 0, moveLeft, 0);
  pthread_join(first, 0);
  pthread_join(second, 0);
  printf("%d\n", moved);
  return 0;
}
