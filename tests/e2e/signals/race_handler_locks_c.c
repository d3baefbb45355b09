// Intent: a signal from another thread arrives in the middle of work, and its handler takes a mutex.
// Expect: signal-unsafe call on 'pthread_mutex_lock' at CALL, WORK
// Primitive: signal-unsafe call
#include <pthread.h>
#include <signal.h>
#include <stddef.h>

#include "invisible.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static InvisibleTurns turns;

static void handle(int signal) {
  (void)signal;
  pthread_mutex_lock(&lock);  // RACE-CALL
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
}

static void* receive(void* unused) {
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);  // RACE-WORK
  return unused;
}

int main(void) {
  pthread_t receiver;
  signal(SIGUSR1, handle);
  pthread_create(&receiver, NULL, receive, NULL);
  invisibleAwait(&turns, 1);
  pthread_kill(receiver, SIGUSR1);
  pthread_join(receiver, NULL);
  return 0;
}
