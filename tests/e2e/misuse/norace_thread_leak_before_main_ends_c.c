// Intent: main() ends by pthread_exit; what had ended by then is detached or joined later, and what goes on may end by itself.
// Expect: silent
// Primitive: thread leak, pthread_exit
// Languages: C C++
#include "thread_leak_c.h"

static pthread_t joined;

static void* joinAfterMain(void* unused) {
  awaitMain();
  pthread_join(joined, NULL);
  return endAfterMain(unused);
}

int main(void) {
  pthread_t detached, last;
  pthread_create(&detached, NULL, endAtOnce, NULL);
  awaitEnd();
  pthread_detach(detached);
  pthread_create(&joined, NULL, endAtOnce, NULL);
  awaitEnd();
  pthread_create(&last, NULL, joinAfterMain, NULL);
  endMain();
}
