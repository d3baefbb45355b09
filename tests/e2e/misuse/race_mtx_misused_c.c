// Intent: C11 mutexes are unlocked when nobody holds them, and by another thread, destroyed while they are held, and used afterwards.
// Expect: mutex misuse: unlock of an unlocked mutex on 'unlocked' at UNLOCK-AGAIN, UNLOCK
// Expect: mutex misuse: unlock of another thread's mutex on 'foreign' at FOREIGN-UNLOCK, FOREIGN-LOCK
// Expect: mutex misuse: destroy of a locked mutex on 'held' at DESTROY, HELD-LOCK
// Expect: use after destroy on 'destroyed' at USE, DESTROYED
// Primitive: mtx, unlock of an unlocked mutex, unlock of a foreign mutex, destroy of a locked mutex, use after destroy
#include <stdio.h>
#include <threads.h>

#include "invisible.h"

static InvisibleTurns turns;
static mtx_t unlocked, foreign, held, destroyed;

static int run(void* unused) {
  mtx_lock(&foreign);  // RACE-FOREIGN-LOCK
  mtx_lock(&held);     // RACE-HELD-LOCK
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  return unused != NULL;
}

int main(void) {
  mtx_init(&unlocked, mtx_plain);
  mtx_init(&foreign, mtx_plain);
  mtx_init(&held, mtx_plain);
  mtx_init(&destroyed, mtx_plain);

  mtx_lock(&unlocked);
  mtx_unlock(&unlocked);    // RACE-UNLOCK
  mtx_unlock(&unlocked);    // RACE-UNLOCK-AGAIN

  thrd_t thread;
  thrd_create(&thread, run, NULL);
  invisibleAwait(&turns, 1);
  mtx_unlock(&foreign);     // RACE-FOREIGN-UNLOCK
  mtx_destroy(&held);       // RACE-DESTROY
  invisiblePass(&turns);
  thrd_join(thread, NULL);

  mtx_destroy(&destroyed);  // RACE-DESTROYED
  mtx_trylock(&destroyed);  // RACE-USE
  printf("done\n");
  return 0;
}
