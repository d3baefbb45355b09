// Intent: a listener of a correct program is never called.
// Expect: silent
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "../../../runtime/include/snag/snag.h"

std::atomic<int> counter{0};

int main() {
  if (snag_add_report_listener != nullptr)
    snag_add_report_listener([](const snag_report*, void*) { std::abort(); }, nullptr);
  std::thread first([] { counter += 1; }), second([] { counter += 1; });
  first.join();
  second.join();
  std::printf("%d\n", counter.load());
}
