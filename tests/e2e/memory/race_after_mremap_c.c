// Intent: two threads use memory that mremap has moved, and nothing orders them.
// Expect: lost update on '*' at FIRST, SECOND
// Primitive: mremap, madvise
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>

#include "invisible.h"

enum { kBytes = 1 << 16 };

static InvisibleTurns turns;
static int* numbers;

static void* runFirst(void* unused) {
  numbers[5] += 1;  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  numbers[5] += 1;  // RACE-SECOND
  return unused;
}

int main(void) {
  pthread_t one, two;
  char* memory = (char*)mmap(NULL, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char* space = (char*)mmap(NULL, 4 * kBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  madvise(memory, kBytes, MADV_DONTNEED);
  numbers = (int*)mremap(memory, kBytes, 2 * kBytes, MREMAP_MAYMOVE | MREMAP_FIXED, space);
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  printf("%d\n", numbers[5]);
  return 0;
}
