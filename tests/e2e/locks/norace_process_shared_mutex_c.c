// Intent: parent and child share a mutex and a semaphore in shared memory; the child lives on after the fork.
// Expect: silent
// Primitive: pthread_mutex_t process-shared, sem_t process-shared, fork
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct Shared {
  pthread_mutex_t mutex;
  sem_t ready;
  int counter;
};

int main(void) {
  void* memory = mmap(0, sizeof(struct Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  struct Shared* shared = (struct Shared*)memory;
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&shared->mutex, &attributes);
  sem_init(&shared->ready, 1, 0);
  const pid_t child = fork();
  for (int i = 0; i < 100; ++i) {
    pthread_mutex_lock(&shared->mutex);
    shared->counter += 1;
    pthread_mutex_unlock(&shared->mutex);
  }
  if (child == 0) {
    sem_post(&shared->ready);
    _exit(0);
  }
  sem_wait(&shared->ready);
  int status = 1;
  waitpid(child, &status, 0);
  pthread_mutex_destroy(&shared->mutex);
  sem_destroy(&shared->ready);
  printf("%d %d\n", shared->counter, status);
  munmap(shared, sizeof *shared);
  return 0;
}
