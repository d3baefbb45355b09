// Intent: threads are named by themselves and by others, ask for their names, and count under a lock.
// Expect: silent
// Primitive: thread names, pthread_setname_np, prctl
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int counter = 0;
static int rightNames = 0;

static void count(const char* expected) {
  char name[16] = "";
  pthread_getname_np(pthread_self(), name, sizeof name);
  pthread_mutex_lock(&mutex);
  counter += 1;
  rightNames += strcmp(name, expected) == 0;
  pthread_mutex_unlock(&mutex);
}

static void* collect(void* unused) {
  pthread_setname_np(pthread_self(), "collector");
  count("collector");
  return unused;
}

static void* print(void* unused) {
  prctl(PR_SET_NAME, "printer");
  count("printer");
  return unused;
}

static void* waitForName(void* unused) {
  pthread_mutex_lock(&mutex);
  pthread_mutex_unlock(&mutex);
  count("named by main");
  return unused;
}

int main(void) {
  pthread_t first, second, third;
  pthread_mutex_lock(&mutex);
  pthread_create(&third, 0, waitForName, 0);
  pthread_setname_np(third, "named by main");
  pthread_mutex_unlock(&mutex);
  pthread_create(&first, 0, collect, 0);
  pthread_create(&second, 0, print, 0);
  pthread_join(first, 0);
  pthread_join(second, 0);
  pthread_join(third, 0);
  printf("%d %d\n", counter, rightNames);
  return 0;
}
