// Intent: pthread_rwlock_t, readers shared and the writer alone, in C.
// Expect: silent
// Primitive: rwlock
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int table[100];
static int filled = 0;

static void* writeMany(void* unused) {
  for (int i = 0; i < 100; ++i) {
    pthread_rwlock_wrlock(&lock);
    table[filled++] = i;
    pthread_rwlock_unlock(&lock);
  }
  return unused;
}

static void* readMany(void* result) {
  int seen = 0;
  while (seen < 100) {
    pthread_rwlock_rdlock(&lock);
    seen = filled;
    pthread_rwlock_unlock(&lock);
  }
  *(int*)result = seen;
  return 0;
}

int main(void) {
  int seen = 0;
  pthread_t writer, reader;
  pthread_create(&writer, 0, writeMany, 0);
  pthread_create(&reader, 0, readMany, &seen);
  pthread_join(writer, 0);
  pthread_join(reader, 0);
  printf("%d\n", seen);
  return 0;
}
