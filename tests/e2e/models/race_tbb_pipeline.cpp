// Intent: a parallel filter changes what all its items share: one item waits in it for the other.
// Primitive: TBB parallel_pipeline
// Packages: tbb
// Flags: -DTBB_USE_THREADING_TOOLS=0
// Levels: O2
// Expect: data race on '(anonymous namespace)::shared|shared' at WRITE, WRITE
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <cstdio>

#include "invisible.h"

namespace {
int shared = 0, made = 0;
InvisibleTurns turns;
}  // namespace

int main() {
  tbb::global_control threads(tbb::global_control::max_allowed_parallelism, 4);
  tbb::parallel_pipeline(
      2, tbb::make_filter<void, int>(tbb::filter_mode::serial_in_order,
                                     [](tbb::flow_control& control) {
                                       if (made == 2) control.stop();
                                       return made++;
                                     }) &
             tbb::make_filter<int, void>(tbb::filter_mode::parallel, [](int item) {
               invisibleMeet(&turns, 2);
               shared = item;  // RACE-WRITE
             }));
  std::printf("%d %d\n", made, shared >= 0);  // which item came last is left to chance
}
