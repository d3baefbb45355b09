// Intent: one thread reads a number that another scans from a stream after the other's end.
// Expect: silent
// Primitive: fscanf
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static double number = 1;
static FILE* stream;

static void* runFirst(void* unused) {
  printf("%d\n", fscanf(stream, "%lf", &number));
  return unused;
}

static void* runSecond(void* unused) {
  printf("%g\n", number);
  return unused;
}

int main(void) {
  stream = fmemopen((char*)"2.5 ", 4, "r");
  if (stream == NULL) exit(1);
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_join(one, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(two, NULL);
  return 0;
}
