// Intent: snag_on_report of a correct program is never called.
// Expect: silent
#include "on_report_c.h"

static void add(void) {
  pthread_mutex_lock(&mutex);
  stats.hits += 1;
  pthread_mutex_unlock(&mutex);
}

static void* first(void* nothing) {
  add();
  invisiblePass(&turns);
  return nothing;
}

static void* second(void* nothing) {
  invisibleAwait(&turns, 1);
  add();
  return nothing;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, first, NULL);
  pthread_create(&two, NULL, second, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  requireCalls(0);
  printf("%d\n", stats.hits);
  return 0;
}
