// Intent: two tasks of a group write one variable, and what a task wrote is read before the wait.
// Primitive: TBB task_group, TBB parallel_for, TBB mutexes
// Packages: tbb
// Flags: -DTBB_USE_THREADING_TOOLS=0
// Expect: data race on 'shared' at WRITE, WRITE
// Expect: data race on 'early' at EARLY, READ
#include <tbb/global_control.h>
#include <tbb/spin_mutex.h>
#include <tbb/task_group.h>

#include <cstdio>

#include "invisible.h"

int shared = 0, early = 0, seen = 0;
InvisibleTurns turns, earlyTurns;
tbb::spin_mutex one, two;

int main() {
  tbb::global_control limit(tbb::global_control::max_allowed_parallelism, 3);
  tbb::task_group group;
  for (int i = 0; i < 2; ++i) group.run([i] {
      tbb::spin_mutex::scoped_lock lock(i == 0 ? one : two);
      invisibleMeet(&turns, 2);
      shared = 1;  // RACE-WRITE
    });
  group.wait();
  tbb::task_group other;
  other.run([] {
    early = 1;  // RACE-EARLY
    invisiblePass(&earlyTurns);
  });
  invisibleAwait(&earlyTurns, 1);
  seen = early;  // RACE-READ
  other.wait();
  std::printf("%d %d\n", shared, seen);
}
