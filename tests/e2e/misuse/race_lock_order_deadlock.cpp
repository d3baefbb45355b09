// Intent: the inversion becomes a real deadlock; the report is out before the threads stand still.
// Expect: lock-order inversion on '*' at FIRST|SECOND, SECOND|FIRST
// Reference: silent
// Exit: 3
// Primitive: lock order, lock-order inversion
#include <pthread.h>
#include <unistd.h>

#include "invisible.h"

pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
InvisibleTurns turns;

void* moveRight(void* unused) {
  pthread_mutex_lock(&left);
  invisibleMeet(&turns, 2);
  pthread_mutex_lock(&right);  // RACE-FIRST
  return unused;
}

void* moveLeft(void* unused) {
  pthread_mutex_lock(&right);
  invisibleMeet(&turns, 2);
  pthread_mutex_lock(&left);  // RACE-SECOND
  return unused;
}

int main() {
  pthread_t first, second;
  pthread_create(&first, nullptr, moveRight, nullptr);
  pthread_create(&second, nullptr, moveLeft, nullptr);
  invisibleSleep(300);
  _exit(3);  // the other threads never end
}
