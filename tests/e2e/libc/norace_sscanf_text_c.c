// Intent: one thread changes a word that another scans after the other's end.
// Expect: silent
// Primitive: sscanf
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>

static int number = 1;
static char word[16];

static void* runFirst(void* unused) {
  printf("%d\n", sscanf("12 apples", "%*d %n%15[a-z]", &number, word));
  return unused;
}

static void* runSecond(void* unused) {
  word[6] = 0;
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
