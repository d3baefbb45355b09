// Intent: what wide formatted input reads and stores is used by another thread at the same time.
// Expect: data race on '*' at INPUT, SWSCANF
// Expect: data race on '*' at WIDE, SWSCANF
// Expect: data race on '*' at NARROW, SWSCANF
// Expect: data race on '*' at COUNT, SWSCANF
// Expect: data race on '*' at NUMBER, FWSCANF
// Expect: data race on '*' at POINTER, FWSCANF
// Expect: data race on '*' at LINE, FGETWS
// Primitive: swscanf, fwscanf, fgetws
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include "invisible.h"

static InvisibleTurns turns;
static wchar_t input[32] = L"12 apples are red", wide[16], line[16], *allocated;
static char narrow[16];
static short counts[2];
static int number;
static FILE* file;

static void* runFirst(void* unused) {
  long sum = 0;
  invisibleAwait(&turns, 1);
  input[4] = L'P';            // RACE-INPUT
  sum += wide[6];             // RACE-WIDE
  sum += narrow[2];           // RACE-NARROW
  narrow[4] = 0;
  sum += counts[0];           // RACE-COUNT
  counts[1] = 1;              // beside what is stored
  sum += number;              // RACE-NUMBER
  sum += line[3];             // RACE-LINE
  sum += allocated != NULL;   // RACE-POINTER
  printf("%d\n", sum > 0);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  int done = 0;
  done += swscanf(input, L"%*d %ls %3s%hn", wide, narrow, &counts[0]);  // RACE-SWSCANF
  done += fwscanf(file, L"%d %mls ", &number, &allocated);          // RACE-FWSCANF
  done += fgetws(line, 16, file) != NULL;                           // RACE-FGETWS
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  printf("%d\n", done);
  free(allocated);
  return unused;
}

int main(void) {
  pthread_t one, two;
  file = tmpfile();
  fputws(L"34 pears\nline\n", file);
  rewind(file);
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
