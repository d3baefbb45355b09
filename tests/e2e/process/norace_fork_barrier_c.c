// Intent: a barrier that two processes share is destroyed when both have passed it; a child makes a barrier of its own.
// Expect: silent
// Primitive: fork, barrier
// Languages: C C++
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_barrier_t local;
static int cells[2];

static void* meet(void* unused) {
  cells[1] = 1;
  pthread_barrier_wait(&local);
  return unused;
}

static int runChild(pthread_barrier_t* shared) {
  pthread_t other;
  pthread_barrier_wait(shared);
  pthread_barrier_init(&local, NULL, 2);
  pthread_create(&other, NULL, meet, NULL);
  pthread_barrier_wait(&local);
  cells[0] = cells[1];
  pthread_join(other, NULL);
  pthread_barrier_destroy(&local);
  return cells[0] == 1 ? 0 : 1;
}

int main(void) {
  pthread_barrier_t* shared =
      (pthread_barrier_t*)mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_barrierattr_t attributes;
  pthread_barrierattr_init(&attributes);
  pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_barrier_init(shared, &attributes, 2);
  int status = 0;
  pid_t child = fork();
  if (child == 0) return runChild(shared);
  pthread_barrier_wait(shared);
  waitpid(child, &status, 0);
  pthread_barrier_destroy(shared);
  return WEXITSTATUS(status);
}
