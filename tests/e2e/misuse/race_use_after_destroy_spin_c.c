// Intent: a destroyed spin lock is taken.
// Expect: use after destroy on 'object' at USE, DESTROY
// Primitive: pthread_spinlock_t, use after destroy
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

pthread_spinlock_t object;

int main(void) {
  pthread_spin_init(&object, PTHREAD_PROCESS_PRIVATE);
  pthread_spin_destroy(&object);  // RACE-DESTROY
  pthread_spin_lock(&object);     // RACE-USE
  pthread_spin_unlock(&object);
  printf("done\n");
  return 0;
}
