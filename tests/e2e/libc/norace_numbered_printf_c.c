// Intent: texts that printf finds by the numbers of its arguments are written under the same lock.
// Expect: silent
// Primitive: printf, snprintf, swprintf
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char text[16] = "some words", cut[16] = "other words", last[16] = "last words", out[64];
static wchar_t wide[16] = L"wide words", wideOut[64];
static volatile int number = 7, three = 3;

static void* runFirst(void* unused) {
  pthread_mutex_lock(&lock);
  text[2] = '-';
  cut[1] = '-';
  cut[4] = '-';           // behind what is read
  last[3] = '-';
  wide[1] = L'-';
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  printf("%5$s %2$.1f %3$.1Lf %1$*6$d %4$.*6$s %2$g\n", number, 1.5, 2.5L, cut, text, three);
  snprintf(out, sizeof out, "%2$d%3$n %1$ls\n", wide, number, (int*)&number);
  swprintf(wideOut, 64, L"%2$s %1$d\n", number, last);
  pthread_mutex_unlock(&lock);
  printf("%s%ls", out, wideOut);
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
