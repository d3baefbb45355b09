// Intent: semaphores are destroyed by the one who was waiting, right after it was woken; and after a wait that gave up.
// Expect: silent
// Primitive: semaphore unnamed, semaphore timedwait
// Languages: C C++
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static void* post(void* semaphore) {
  sem_post((sem_t*)semaphore);
  return NULL;
}

int main(void) {
  for (int round = 0; round < 20; ++round) {
    sem_t semaphore;
    sem_init(&semaphore, 0, 0);
    pthread_t poster;
    pthread_create(&poster, NULL, post, &semaphore);
    sem_wait(&semaphore);
    struct timespec past = {0};
    sem_timedwait(&semaphore, &past);
    pthread_join(poster, NULL);
    sem_destroy(&semaphore);
  }
}
