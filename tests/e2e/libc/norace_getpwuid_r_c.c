// Intent: one thread reads a name that another looks up after the other's end.
// Expect: silent
// Primitive: getpwuid_r
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <pwd.h>
#include <stdio.h>

static struct passwd user;
static char texts[1024];

static void* runFirst(void* unused) {
  struct passwd* found;
  printf("%d\n", getpwuid_r(0, &user, texts, sizeof texts, &found));
  return unused;
}

static void* runSecond(void* unused) {
  printf("%d\n", texts[0] != 0);
  return unused;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_join(one, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(two, NULL);
  return 0;
}
