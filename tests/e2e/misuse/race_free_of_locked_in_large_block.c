// Intent: a block of a megabyte is freed while another thread holds the mutex in the middle of it.
// Expect: mutex misuse: free of a locked mutex on '*' at FREE, LOCK
// Allow: * on '*' at FREE, LOCK
// Primitive: free of a locked mutex
#include <pthread.h>
#include <stdlib.h>

#include "invisible.h"

struct Large {
  char before[500000];
  pthread_mutex_t mutex;
  char after[500000];
};
InvisibleTurns turns;

static void* user(void* block) {
  struct Large* large = block;
  pthread_mutex_lock(&large->mutex);  // RACE-LOCK
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  return block;
}

int main(void) {
  struct Large* large = malloc(sizeof *large);
  pthread_mutex_init(&large->mutex, NULL);
  pthread_t thread;
  pthread_create(&thread, NULL, user, large);
  invisibleAwait(&turns, 1);
  free(large);  // RACE-FREE
  invisiblePass(&turns);
  pthread_join(thread, NULL);
}
