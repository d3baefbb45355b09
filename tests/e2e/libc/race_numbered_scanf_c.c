// Intent: what scanf stores by the numbers of its arguments is used at the same time.
// Expect: data race on '*' at NUMBER, SSCANF
// Expect: data race on '*' at WORD, SSCANF
// Expect: data race on '*' at COUNT, SSCANF
// Expect: data race on '*' at WIDENUMBER, SWSCANF
// Expect: data race on '*' at WIDEWORD, SWSCANF
// Primitive: sscanf, swscanf
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

#include "invisible.h"

static InvisibleTurns turns;
static int done, number = 1, behind = 2, wideNumber = 3;
static long count;
static char word[16], wideWord[16];

static void* runFirst(void* unused) {
  done += sscanf("12 5 apples 6", "%2$d %*d %1$15s%4$ln x%3$d", word, &number, &behind, &count);  // RACE-SSCANF
  done += swscanf(L"apples 34", L"%2$15s %1$d", &wideNumber, wideWord);  // RACE-SWSCANF
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  long sum = 0;
  invisibleAwait(&turns, 1);
  sum += number;  // RACE-NUMBER
  sum += word[2];  // RACE-WORD
  sum += count;  // RACE-COUNT
  sum += wideNumber;  // RACE-WIDENUMBER
  sum += wideWord[6];  // RACE-WIDEWORD
  behind = 5;               // not reached
  word[9] = 0;              // behind what is stored
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
