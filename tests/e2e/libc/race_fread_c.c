// Intent: one thread reads a file into a buffer that another reads.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: fread
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "invisible.h"

static InvisibleTurns turns;
static char buffer[32];
static FILE* file;

static void* runFirst(void* unused) {
  if (fread(buffer, 1, 8, file) == 0) puts("nothing");  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%c\n", buffer[1]);  // RACE-SECOND
  return unused;
}

int main(void) {
  pthread_t one, two;
  file = tmpfile();
  fputs("first line\nsecond line\n", file);
  rewind(file);
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
