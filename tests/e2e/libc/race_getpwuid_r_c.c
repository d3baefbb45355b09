// Intent: one thread reads a name that another looks up.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: getpwuid_r
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <pwd.h>
#include <stdio.h>

#include "invisible.h"

static InvisibleTurns turns;
static struct passwd user;
static char texts[1024];

static void* runFirst(void* unused) {
  struct passwd* found;
  printf("%d\n", getpwuid_r(0, &user, texts, sizeof texts, &found));  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", texts[0] != 0);  // RACE-SECOND
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
