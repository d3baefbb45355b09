// Intent: a program with __tsan_on_report is told, and finds the whole report by ThreadSanitizer's functions.
// Expect: data race on 'block' at WRITE, READ
// Says: heard: data-race
#include "tsan_on_report_c.h"

static volatile long sum;

static void* work(void* nothing) {
  pthread_setname_np(pthread_self(), "worker");
  block[1] = 1;  // RACE-WRITE
  invisiblePass(&turns);
  return nothing;
}

int main(void) {
  pthread_t thread;
  block = calloc(4, sizeof *block);
  pthread_create(&thread, NULL, work, NULL);
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&mutex);
  sum = block[1];  // RACE-READ
  pthread_mutex_unlock(&mutex);
  pthread_join(thread, NULL);
  requireCalls(1);
  free(block);
  puts("done");
  return 0;
}
