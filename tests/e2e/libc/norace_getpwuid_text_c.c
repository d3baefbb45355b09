// Intent: one thread reads the text of a record that another looks up anew after the other's end.
// Expect: silent
// Primitive: getpwuid static buffer
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <pwd.h>
#include <stdio.h>

static char* name;

static void* runFirst(void* unused) {
  printf("%d\n", getpwuid(0) != NULL);
  return unused;
}

static void* runSecond(void* unused) {
  printf("%d\n", *name != 0);
  return unused;
}

int main(void) {
  name = getpwuid(0)->pw_name;
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_join(one, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(two, NULL);
  return 0;
}
