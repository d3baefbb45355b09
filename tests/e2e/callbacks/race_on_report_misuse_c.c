// Intent: of a misuse the callback hears the steps; it is called for a second finding, too.
// Expect: mutex misuse: unlock of another thread's mutex on 'mutex' at UNLOCK, LOCK
// Says: heard: mutex misuse: unlock of another thread's mutex on '0x[0-9a-f]+', 2 steps, by 'worker' and ''
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../runtime/include/snag/snag.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

void snag_on_report(const snag_report* report) {
  if (report->address != &mutex || report->size != 0 || report->accesses[0].is_write) abort();
  if (report->accesses[0].frame_count == 0) abort();
  fprintf(stderr, "heard: %s, %d steps, by '%s' and '%s'\n", report->title, (int)report->access_count,
          report->accesses[0].thread_name, report->access_count > 1 ? report->accesses[1].thread_name : "nobody");
}

static void* unlock(void* nothing) {
  pthread_setname_np(pthread_self(), "worker");
  pthread_mutex_unlock(&mutex);  // RACE-UNLOCK
  return nothing;
}

int main(void) {
  pthread_t thread;
  pthread_mutex_lock(&mutex);  // RACE-LOCK
  pthread_create(&thread, NULL, unlock, NULL);
  pthread_join(thread, NULL);
  puts("done");
  return 0;
}
