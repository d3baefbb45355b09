// Intent: __tsan_on_report of a correct program is never called.
// Expect: silent
#include "tsan_on_report_c.h"

static volatile long sum;

static void* work(void* nothing) {
  block[1] = 1;
  return nothing;
}

int main(void) {
  pthread_t thread;
  invisiblePass(&turns);
  block = calloc(4, sizeof *block);
  pthread_create(&thread, NULL, work, NULL);
  pthread_join(thread, NULL);
  pthread_mutex_lock(&mutex);
  sum = block[1];
  pthread_mutex_unlock(&mutex);
  requireCalls(0);
  free(block);
  puts("done");
  return 0;
}
