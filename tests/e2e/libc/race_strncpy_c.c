// Intent: strncpy fills its whole room, also behind the text.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: strncpy
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "invisible.h"

static InvisibleTurns turns;
static char text[32];

static void* runFirst(void* unused) {
  strncpy(text, "a", sizeof text);  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", text[31]);  // RACE-SECOND
  return unused;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
