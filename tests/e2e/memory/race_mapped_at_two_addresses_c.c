// Intent: two threads reach one object through two addresses, and only one of them takes the lock in it.
// Expect: lost update on '*' at FIRST, SECOND
// Primitive: mmap shared at two addresses
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "invisible.h"

struct Shared {
  pthread_mutex_t lock;
  int counter;
  int message;
  atomic_int ready;
};

static struct Shared *one, *other;
static InvisibleTurns turns;
static int copy;

static void* runFirst(void* unused) {
  pthread_mutex_lock(&one->lock);
  one->counter += 1;  // RACE-FIRST
  pthread_mutex_unlock(&one->lock);
  copy = 7;
  atomic_store_explicit(&one->ready, 1, memory_order_release);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  other->counter += 1;  // RACE-SECOND
  while (!atomic_load_explicit(&other->ready, memory_order_acquire)) {}
  printf("%d %d\n", other->counter, copy);
  return unused;
}

int main(void) {
  pthread_t first, second;
  int file = memfd_create("shared", 0);
  if (ftruncate(file, 4096) != 0) return 1;
  one = (struct Shared*)mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  other = (struct Shared*)mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  pthread_mutex_init(&one->lock, NULL);
  pthread_create(&first, NULL, runFirst, NULL);
  pthread_create(&second, NULL, runSecond, NULL);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  munmap(other, 4096);
  munmap(one, 4096);
  close(file);
  return 0;
}
