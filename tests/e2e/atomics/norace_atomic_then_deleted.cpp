// Intent: an object is deleted by whoever found by an acquiring operation on the atomic inside it that it is the last.
// Primitive: atomic operation against delete
// Libraries: libstdc++ libc++
// Expect: silent
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Job {
  std::atomic<int> left{2};
};
InvisibleTurns turns;

int main() {
  Job* job = new Job;
  std::thread other([job] {
    if (job->left.fetch_sub(1, std::memory_order_acq_rel) == 1) delete job;
    invisiblePass(&turns);
  });
  if (job->left.fetch_sub(1, std::memory_order_acq_rel) == 1) delete job;
  other.join();
  std::puts("done");
}
