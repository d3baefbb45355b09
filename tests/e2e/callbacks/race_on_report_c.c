// Intent: the program's snag_on_report is called once, with both accesses, on the thread that was caught.
// Expect: lost update on 'Stats::hits' at ADD, ADD
// Says: heard: lost update on 'Stats::hits' \(global 'stats'\)
#include "on_report_c.h"

static void add(void) {
  stats.hits += 1;  // RACE-ADD
}

static void* first(void* nothing) {
  pthread_setname_np(pthread_self(), "first");
  add();
  invisiblePass(&turns);
  return nothing;
}

static void* second(void* nothing) {
  pthread_setname_np(pthread_self(), "second");
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&mutex);
  add();
  pthread_mutex_unlock(&mutex);
  return nothing;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, first, NULL);
  pthread_create(&two, NULL, second, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  requireCalls(1);
  printf("%d\n", stats.hits);
  return 0;
}
