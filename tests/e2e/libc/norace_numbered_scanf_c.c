// Intent: what scanf stores by the numbers of its arguments is used under the same lock.
// Expect: silent
// Primitive: sscanf, swscanf
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int done, number = 1, behind = 2, wideNumber = 3;
static long count;
static char word[16], wideWord[16];

static void* runFirst(void* unused) {
  pthread_mutex_lock(&lock);
  done += sscanf("12 5 apples 6", "%2$d %*d %1$15s%4$ln x%3$d", word, &number, &behind, &count);
  done += swscanf(L"apples 34", L"%2$15s %1$d", &wideNumber, wideWord);
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  long sum = 0;
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  sum += number;
  sum += word[2];
  sum += count;
  sum += wideNumber;
  sum += wideWord[6];
  behind = 5;               // not reached
  word[9] = 0;              // behind what is stored
  pthread_mutex_unlock(&lock);
  printf("%ld\n", sum);
  return unused;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  printf("%d\n", done);
  return 0;
}
