// Intent: texts, %n and the buffer of wide formatted output are changed while another thread prints.
// Expect: data race on '*' at WIDE, FWPRINTF
// Expect: data race on '*' at CUT, FWPRINTF
// Expect: data race on '*' at NARROW, COUNTED
// Expect: data race on '*' at COUNT, COUNTED
// Expect: data race on '*' at RESULT, SWPRINTF
// Expect: data race on '*' at OTHER, FPUTWS
// Primitive: swprintf, fwprintf, fputws
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

#include "invisible.h"

static InvisibleTurns turns;
static wchar_t wide[16] = L"wide words", cut[4] = {L'c', L'u', L't', L's'}, other[16] = L"more";
static char narrow[16] = "narrow words";
static wchar_t result[32];
static short counts[2];
static FILE* file;

static void* runFirst(void* unused) {
  wide[9] = L'S';    // RACE-WIDE
  cut[2] = L'T';     // RACE-CUT
  narrow[11] = 'S';  // RACE-NARROW
  other[3] = L'E';   // RACE-OTHER
  counts[0] = 1;     // RACE-COUNT
  counts[1] = 1;
  result[7] = 0;     // RACE-RESULT
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  int length = swprintf(result, 32, L"%d %c %ls", 7, 'c', L"text");  // RACE-SWPRINTF
  length += fwprintf(file, L"%5.1f %ls|%.3ls\n", 0.5, wide, cut);    // RACE-FWPRINTF
  length += fwprintf(file, L"%s %*d%hn %lc\n", narrow, 4, 2, &counts[0], L'c');  // RACE-COUNTED
  length += fputws(other, file) > 0;  // RACE-FPUTWS
  fwide(stdout, -1);
  printf("%d\n", length);
  return unused;
}

int main(void) {
  pthread_t one, two;
  file = tmpfile();
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
