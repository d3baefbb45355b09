// Intent: items go through the filters of a pipeline, serial ones take one after another, and room is used again.
// Primitive: TBB parallel_pipeline
// Packages: tbb
// Flags: -DTBB_USE_THREADING_TOOLS=0
// Levels: O2
// Runs: 10
// Expect: silent
#include <tbb/parallel_pipeline.h>

#include <cstdio>
#include <string>

#include "invisible.h"

namespace {

constexpr int kItems = 200, kTokens = 4;
struct Item {
  int number = 0;
  long result = 0;
};
Item room[kTokens];
int made = 0, before = 0;
long sum = 0, doubled = 0;

long viaPointers() {
  auto make = tbb::make_filter<void, Item*>(tbb::filter_mode::serial_in_order, [](tbb::flow_control& control) {
    if (made == kItems) {
      control.stop();
      return static_cast<Item*>(nullptr);
    }
    Item* item = &room[made % kTokens];
    item->number = made++;
    return item;
  });
  auto work = tbb::make_filter<Item*, Item*>(tbb::filter_mode::parallel, [](Item* item) {
    for (int i = 0; i < 20; ++i) invisibleYield();
    item->result = long{item->number} * before;
    return item;
  });
  auto use = tbb::make_filter<Item*, void>(tbb::filter_mode::serial_in_order, [](Item* item) { sum += item->result; });
  tbb::parallel_pipeline(kTokens, make & work & use);
  return sum;
}

// Small values and ones that the library makes room for.
long viaValues() {
  int number = 0;
  tbb::parallel_pipeline(
      kTokens, tbb::make_filter<void, int>(tbb::filter_mode::serial_out_of_order,
                                           [&](tbb::flow_control& control) {
                                             if (number == kItems) control.stop();
                                             return number++ % 3;
                                           }) &
                   tbb::make_filter<int, std::string>(tbb::filter_mode::parallel,
                                                      [](int value) { return std::string(40 + value, 'x'); }) &
                   tbb::make_filter<std::string, void>(tbb::filter_mode::serial_out_of_order, [&](std::string text) {
                     doubled += static_cast<long>(text.size());
                   }));
  return doubled;
}

}  // namespace

int main() {
  before = 2;
  const long first = viaPointers();
  std::printf("%ld %ld\n", first, viaValues());
}
