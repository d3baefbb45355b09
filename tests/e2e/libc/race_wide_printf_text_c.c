// Intent: wide texts behind %ls and the integer behind %n of snprintf are changed meanwhile; %m, then an s, takes no argument.
// Expect: data race on '*' at TEXT, TEXTS
// Expect: data race on '*' at CUT, TEXTS
// Expect: data race on '*' at COUNT, COUNTED
// Primitive: snprintf
// Languages: C C++
#define _GNU_SOURCE 1
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

#include "invisible.h"

static InvisibleTurns turns;
static wchar_t text[16] = L"wide words", cut[4] = {L'c', L'u', L't', L's'};
static int count;

static void* runFirst(void* unused) {
  text[9] = L'S';  // RACE-TEXT
  cut[2] = L'T';   // RACE-CUT
  count = 1;       // RACE-COUNT
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  char line[64];
  invisibleAwait(&turns, 1);
  errno = 0;
  int length = snprintf(line, sizeof line, "%ms: %ls %.3ls", text, cut);  // RACE-TEXTS
  length += snprintf(line, sizeof line, "%lc%n", L'c', &count);           // RACE-COUNTED
  printf("%d\n", length);
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
