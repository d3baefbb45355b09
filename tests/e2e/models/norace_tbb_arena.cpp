// Intent: functions that threads give to one arena are executed by whichever thread is in it, and waited for.
// Primitive: TBB task_arena
// Packages: tbb
// Flags: -DTBB_USE_THREADING_TOOLS=0
// Levels: O2
// Runs: 10
// Expect: silent
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <cstdio>
#include <thread>

int main() {
  tbb::task_arena arena(2);
  long sums[4] = {};
  std::thread threads[4];
  for (int t = 0; t < 4; ++t)
    threads[t] = std::thread([&arena, &sum = sums[t]] {
      for (int i = 0; i < 50; ++i) {
        long given = i, result = 0;
        arena.execute([&] { result = given + 1; });
        sum += result + arena.execute([&] { return given; });
      }
    });
  for (std::thread& thread : threads) thread.join();
  std::printf("%ld\n", sums[0] + sums[1] + sums[2] + sums[3]);
}
