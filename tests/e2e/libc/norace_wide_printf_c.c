// Intent: texts, %n and the buffer of wide formatted output are changed under the lock under which another thread prints.
// Expect: silent
// Primitive: swprintf, fwprintf, fputws
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static wchar_t wide[16] = L"wide words", cut[4] = {L'c', L'u', L't', L's'}, other[16] = L"more";
static char narrow[16] = "narrow words";
static wchar_t result[32];
static short counts[2];
static FILE* file;

static void* runFirst(void* unused) {
  pthread_mutex_lock(&lock);
  wide[9] = L'S';
  cut[2] = L'T';
  narrow[11] = 'S';
  other[3] = L'E';
  counts[0] = 1;
  counts[1] = 1;
  result[7] = 0;
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  int length = swprintf(result, 32, L"%d %c %ls", 7, 'c', L"text");
  length += fwprintf(file, L"%5.1f %ls|%.3ls\n", 0.5, wide, cut);
  length += fwprintf(file, L"%s %*d%hn %lc\n", narrow, 4, 2, &counts[0], L'c');
  length += fputws(other, file) > 0;
  pthread_mutex_unlock(&lock);
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
