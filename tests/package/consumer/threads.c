// As many threads as the argument says take turns at a counter, and nothing is wrong with that.
#include <pthread.h>
#include <stdlib.h>

static int counter;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void* add(void* nothing) {
  pthread_mutex_lock(&mutex);
  counter += 1;
  pthread_mutex_unlock(&mutex);
  return nothing;
}

int main(int argc, char** argv) {
  pthread_t threads[8];
  const int count = argc > 1 ? atoi(argv[1]) % 8 : 0;
  for (int i = 0; i < count; ++i) pthread_create(&threads[i], NULL, add, NULL);
  for (int i = 0; i < count; ++i) pthread_join(threads[i], NULL);
  return counter - count;
}
