// Intent: threads that are detached, one from its beginning, post a semaphore before main reads what they did.
// Expect: silent
// Primitive: pthread_detach, thread attributes
// Languages: C C++
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t done;
static int later, born;

static void* writeLater(void* unused) {
  later = 1;
  sem_post(&done);
  return unused;
}

static void* writeBorn(void* unused) {
  born = 2;
  sem_post(&done);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_attr_t detached;
  sem_init(&done, 0, 0);
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  pthread_create(&thread, NULL, writeLater, NULL);
  pthread_detach(thread);
  pthread_create(&thread, &detached, writeBorn, NULL);
  sem_wait(&done);
  sem_wait(&done);
  int sum = later;
  sum += born;
  printf("%d\n", sum);
  return 0;
}
