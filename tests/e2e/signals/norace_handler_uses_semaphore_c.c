// Intent: a handler posts a semaphore, often in the middle of the runtime: what was written before it stays ordered.
// Expect: silent
// Primitive: signal handler, sem_t
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>

static sem_t posted;
static long fromHandler;
static long noise;
static atomic_int done;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void handle(int signal) {
  (void)signal;
  ++fromHandler;
  sem_post(&posted);
}

static void* work(void* unused) {
  while (!atomic_load(&done)) {
    pthread_mutex_lock(&lock);
    ++noise;
    pthread_mutex_unlock(&lock);
  }
  return unused;
}

int main(void) {
  struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
  pthread_t worker;
  sem_init(&posted, 0, 0);
  sigaction(SIGUSR1, &action, NULL);
  pthread_create(&worker, NULL, work, NULL);
  for (int i = 1; i <= 500; ++i) {
    pthread_kill(worker, SIGUSR1);
    while (sem_wait(&posted) != 0) {}
    if (fromHandler != i) printf("handled %ld of %d\n", fromHandler, i);
  }
  atomic_store(&done, 1);
  pthread_join(worker, NULL);
  printf("%ld %d\n", fromHandler, noise > 0);
  return 0;
}
