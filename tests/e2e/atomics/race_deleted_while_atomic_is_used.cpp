// Intent: an object is deleted while another thread still works on the atomic inside it.
// Primitive: atomic operation against delete
// Libraries: libstdc++ libc++
// Expect: heap-use-after-free race on '*' at DELETE, ATOMIC
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
    job->left.fetch_sub(1, std::memory_order_relaxed);  // RACE-ATOMIC
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  delete job;  // RACE-DELETE
  other.join();
  std::puts("done");
}
