// Intent: wide texts behind %ls and the integer behind %n of snprintf are changed under a lock.
// Expect: silent
// Primitive: snprintf
// Languages: C C++
#define _GNU_SOURCE 1
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <wchar.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static wchar_t text[16] = L"wide words", cut[4] = {L'c', L'u', L't', L's'};
static int count;

static void* runFirst(void* unused) {
  pthread_mutex_lock(&lock);
  text[9] = L'S';
  cut[2] = L'T';
  count = 1;
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  char line[64];
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  errno = 0;
  int length = snprintf(line, sizeof line, "%ms: %ls %.3ls", text, cut);
  length += snprintf(line, sizeof line, "%lc%n", L'c', &count);
  pthread_mutex_unlock(&lock);
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
