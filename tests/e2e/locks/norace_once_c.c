// Intent: pthread_once runs the initialiser once, before anybody goes on.
// Expect: silent
// Primitive: pthread_once, static linking
#include <pthread.h>
#include <stdio.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int table[16];
static int initialisations = 0;

static void fillTable(void) {
  initialisations += 1;
  for (int i = 0; i < 16; ++i) table[i] = i * i;
}

static void* sumUp(void* result) {
  pthread_once(&once, fillTable);
  for (int i = 0; i < 16; ++i) *(int*)result += table[i];
  return 0;
}

int main(void) {
  int sums[4] = {0};
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i) pthread_create(&threads[i], 0, sumUp, &sums[i]);
  for (int i = 0; i < 4; ++i) pthread_join(threads[i], 0);
  printf("%d %d %d\n", initialisations, sums[0], sums[3]);
  return 0;
}
