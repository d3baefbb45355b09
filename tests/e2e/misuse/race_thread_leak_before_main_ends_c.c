// Intent: main() ends by pthread_exit; one thread had ended by then, unjoined. The last thread ends the process.
// Expect: thread leak on 'forgotten' at CREATE
// Primitive: thread leak, pthread_exit
// Languages: C C++
#include "thread_leak_c.h"

int main(void) {
  pthread_t forgotten, last;
  pthread_create(&forgotten, NULL, endAtOnce, NULL);  // RACE-CREATE
  awaitEnd();
  pthread_create(&last, NULL, endAfterMain, NULL);
  endMain();
}
