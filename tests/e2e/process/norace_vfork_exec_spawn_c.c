// Intent: vfork with exec, posix_spawn and system leave the parent and its threads as they were.
// Expect: silent
// Primitive: vfork, exec, posix_spawn
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int counter;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void* run(void* unused) {
  int status = 0;
  char name[] = "true", *arguments[] = {name, NULL};
  pid_t child = vfork();
  if (child == 0) {
    execvp("true", arguments);
    _exit(1);
  }
  waitpid(child, &status, 0);
  pthread_mutex_lock(&lock);
  counter += WEXITSTATUS(status) == 0;
  pthread_mutex_unlock(&lock);
  if (posix_spawnp(&child, "true", NULL, NULL, arguments, environ) == 0) waitpid(child, &status, 0);
  pthread_mutex_lock(&lock);
  counter += WEXITSTATUS(status) == 0;
  pthread_mutex_unlock(&lock);
  return unused;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, run, NULL);
  pthread_create(&two, NULL, run, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  printf("%d %d\n", counter, system("true"));
  return 0;
}
