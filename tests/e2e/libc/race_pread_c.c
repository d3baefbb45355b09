// Intent: one thread writes a buffer while another writes it into a file.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: pread, pwrite
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static char buffer[8] = "content";
static FILE* file;

static void* runFirst(void* unused) {
  buffer[3] = 0;  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%zd\n", pwrite(fileno(file), buffer, sizeof buffer, 0));  // RACE-SECOND
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
