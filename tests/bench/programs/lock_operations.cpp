// Bench: variant=10^3; groups=scaling; args=1000; quick=1000; valgrind=1000; short=yes
// Bench: variant=10^4; groups=scaling; args=10000; quick=10000; short=yes
// Bench: variant=10^5; groups=scaling; args=100000; quick=100000; short=yes
// Bench: variant=10^6; groups=scaling; args=1000000; quick=1000000
// Bench: variant=10^7; groups=scaling lock-heavy; args=10000000; quick=2000000
// Bench: variant=10^8; groups=scaling; args=100000000; quick=4000000; large=yes
// Ever more operations on locks that nobody contends for: two threads, each locks and unlocks a lock of its own. The
// cost of a pair must not depend on how many there were before.
#include "../support.h"

#include <pthread.h>

struct alignas(128) Counter {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  long value = 0;
  double seconds = 0;
};

int main(int argc, char** argv) {
  long operations = argumentOr(argc, argv, 1, 10000000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<Counter> counters(threads);
  onThreads(threads, [&](int index) {
    Counter& own = counters[index];
    Range mine = shareOf(operations, threads, index);
    double began = secondsNow();
    for (long i = mine.first; i < mine.last; ++i) {
      pthread_mutex_lock(&own.mutex);
      ++own.value;
      pthread_mutex_unlock(&own.mutex);
    }
    own.seconds = secondsNow() - began;
  });
  uint64_t sum = 0;
  double seconds = 0;
  for (const Counter& counter : counters) {
    sum = fold(sum, uint64_t(counter.value));
    seconds += counter.seconds;
  }
  printCost(seconds, double(operations), "lock and unlock");
  printChecksum(sum);
}
