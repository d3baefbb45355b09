// Intent: each thread keeps its buffer under a pthread key, whose destructor frees it.
// Expect: silent
// Primitive: pthread keys
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_key_t bufferKey;

static int* ownBuffer(void) {
  int* buffer = (int*)pthread_getspecific(bufferKey);
  if (!buffer) {
    buffer = (int*)calloc(16, sizeof(int));
    pthread_setspecific(bufferKey, buffer);
  }
  return buffer;
}

static void* work(void* result) {
  for (int i = 0; i < 160; ++i) ownBuffer()[i % 16] += i;
  *(int*)result = ownBuffer()[15];
  return 0;
}

int main(void) {
  int results[4];
  pthread_t threads[4];
  pthread_key_create(&bufferKey, free);
  for (int i = 0; i < 4; ++i) pthread_create(&threads[i], 0, work, &results[i]);
  for (int i = 0; i < 4; ++i) pthread_join(threads[i], 0);
  printf("%d %d\n", results[0], results[3]);
  return 0;
}
