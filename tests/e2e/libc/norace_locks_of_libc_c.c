// Intent: what libc keeps for all its callers, under locks of its own, is no race of theirs: the time zone, a list of open files.
// Expect: silent
// Primitive: localtime_r
// Languages: C C++
// Env: TZ=CET-1CEST,M3.5.0,M10.5.0/3
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "invisible.h"

static InvisibleTurns turns;

static int work(void) {
  const time_t when = 1000000;
  struct tm parts;
  char text[100];
  localtime_r(&when, &parts);
  strftime(text, sizeof text, "%c %Z", &parts);
  const int same = mktime(&parts) == when;
  FILE* file = tmpfile();
  fprintf(file, "%s", text);
  fclose(file);
  char* copy = strdup(text);
  const int length = (int)strlen(copy);
  free(copy);
  return same + length;
}

static void* runFirst(void* result) {
  *(int*)result = work();
  invisiblePass(&turns);
  return NULL;
}

static void* runSecond(void* result) {
  invisibleAwait(&turns, 1);
  *(int*)result = work();
  return NULL;
}

int main(void) {
  int results[2];
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, &results[0]);
  pthread_create(&two, NULL, runSecond, &results[1]);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  printf("%d\n", results[0] + results[1]);
  return 0;
}
