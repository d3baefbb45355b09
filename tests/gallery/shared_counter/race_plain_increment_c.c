// Intent: the same lost addition in C, through a pointer to a record.
// Expect: lost update on 'Totals::requests|struct Totals::requests' at ADD, ADD
// Primitive: pthread_create and pthread_join
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

struct Totals {
  long bytes;
  long requests;
};

struct Totals totals;
InvisibleTurns turns;

static void countRequest(struct Totals* into) {
  into->requests++;  // RACE-ADD
}

static void* countFirst(void* into) {
  countRequest((struct Totals*)into);
  invisiblePass(&turns);
  return 0;
}

static void* countSecond(void* into) {
  invisibleAwait(&turns, 1);
  countRequest((struct Totals*)into);
  return 0;
}

int main(void) {
  pthread_t first, second;
  pthread_create(&first, 0, countFirst, &totals);
  pthread_create(&second, 0, countSecond, &totals);
  pthread_join(first, 0);
  pthread_join(second, 0);
  printf("%ld\n", totals.requests);
  return 0;
}
