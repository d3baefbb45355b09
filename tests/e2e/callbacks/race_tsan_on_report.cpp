// Intent: a C++ program's own __tsan_on_report takes the place of the runtime's; both callbacks are called.
// Expect: lost update on 'counter' at ADD, ADD
// Says: snag_on_report, then __tsan_on_report: 1
#include <cstdio>
#include <thread>

#include "../../../runtime/include/snag/snag.h"
#include "invisible.h"

int counter = 0;
InvisibleTurns turns;
int snagCalls = 0;

extern "C" void snag_on_report(const snag_report*) { ++snagCalls; }
extern "C" void __tsan_on_report(void* report) {
  if (report != nullptr) std::fprintf(stderr, "snag_on_report, then __tsan_on_report: %d\n", snagCalls);
}

void addOne() {
  counter += 1;  // RACE-ADD
}

int main() {
  std::thread first([] {
    addOne();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    addOne();
  });
  first.join();
  second.join();
  std::printf("%d\n", counter);
}
