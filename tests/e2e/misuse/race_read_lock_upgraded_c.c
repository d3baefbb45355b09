// Intent: a reader wants to write without letting go first: it waits for itself.
// Expect: read lock upgraded to write on 'table' at WRITE, READ
// Reference: silent
// Exit: 3
// Primitive: pthread_rwlock_t, read-lock upgraded to write
// Languages: C C++
#include <pthread.h>
#include <unistd.h>

#include "invisible.h"

pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;

static void* upgrade(void* unused) {
  pthread_rwlock_rdlock(&table);  // RACE-READ
  pthread_rwlock_wrlock(&table);  // RACE-WRITE
  return unused;
}

int main(void) {
  pthread_t stuck;
  pthread_create(&stuck, 0, upgrade, 0);
  invisibleSleep(200);
  _exit(3);  // the other thread never ends
}
