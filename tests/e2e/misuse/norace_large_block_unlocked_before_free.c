// Intent: a block of a megabyte is freed after its mutex was unlocked by the last to use it.
// Expect: silent
// Primitive: free of a locked mutex
#include <pthread.h>
#include <stdlib.h>

struct Large {
  char before[500000];
  pthread_mutex_t mutex;
  char after[500000];
};

static void* user(void* block) {
  struct Large* large = block;
  pthread_mutex_lock(&large->mutex);
  large->after[7] = 1;
  pthread_mutex_unlock(&large->mutex);
  return block;
}

int main(void) {
  for (int round = 0; round < 3; ++round) {
    struct Large* large = malloc(sizeof *large);
    pthread_mutex_init(&large->mutex, NULL);
    pthread_t thread;
    pthread_create(&thread, NULL, user, large);
    pthread_mutex_lock(&large->mutex);
    large->after[7] = 2;
    pthread_mutex_unlock(&large->mutex);
    pthread_join(thread, NULL);
    free(large);
  }
}
