// The detector against the definition of happens-before, on random traces: the same races, word for word.
//
// SNAG_MODEL_SEED=N tries other traces, SNAG_MODEL_FACTOR=N tries N times as many. A failing trace is printed as text; it can be
// pasted into regression_traces_test.cpp.
#include <gtest/gtest.h>

#include <cstdlib>

#include "trace_generator.h"
#include "trace_runner.h"
#include "trace_shrinker.h"

namespace snag::model {
namespace {

uint64_t fromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

void explain(const Trace& failing, const RunConfig& config) {
  const Trace small = shrink(failing, [&](const Trace& trace) { return !disagreement(trace, config).empty(); });
  ADD_FAILURE() << "The detector and the naive model disagree on this trace:\n"
                << print(small) << disagreement(small, config);
}

struct Totals {
  uint64_t traces = 0, races = 0, forgetful = 0, collections = 0, compactions = 0;
};

// Stops at the first disagreement.
Totals compareOnRandomTraces(uint64_t count, const GeneratorConfig& traces, const RunConfig& config) {
  std::mt19937_64 random(fromEnvironment("SNAG_MODEL_SEED", 20));
  Totals totals;
  for (count *= fromEnvironment("SNAG_MODEL_FACTOR", 1); totals.traces < count; ++totals.traces) {
    const Trace trace = randomTrace(traces, random);
    DetectorStatistics statistics;
    if (!disagreement(trace, config, &statistics).empty()) {
      explain(trace, config);
      break;
    }
    totals.races += statistics.races;
    totals.forgetful += statistics.forgotten > 0;
    totals.collections += statistics.collections;
    totals.compactions += statistics.compactions;
  }
  return totals;
}

TEST(RandomTraces, SameRacesWithInlineChecksAndExactPublication) {
  const Totals totals = compareOnRandomTraces(35'000, {}, {});
  EXPECT_GT(totals.races, totals.traces) << "the traces are too tame to tell anything";
  EXPECT_EQ(totals.forgetful, 0u);
}

TEST(RandomTraces, SameRacesWithoutInlineChecksAndWithPlainPublication) {
  compareOnRandomTraces(25'000, {}, {.exact = false, .inlineChecks = false});
}

TEST(RandomTraces, SameRacesWithoutMemoryReuseAndWithTwoThreads) {
  compareOnRandomTraces(15'000, {.liveThreads = 2, .words = 2, .ignores = false, .memoryReuse = false}, {});
}

TEST(RandomTraces, SameRacesWhileLogsAreAlwaysCompacted) {
  const Totals totals = compareOnRandomTraces(15'000, {}, {.logBudgetBytes = 0});
  EXPECT_GT(totals.compactions, totals.traces);
}

TEST(RandomTraces, SameRacesWithOverlappingAtomicsOfAllSizes) {
  compareOnRandomTraces(10'000, {.mixedAtomicSizes = true}, {});
}

TEST(RandomTraces, SameRacesWhileSegmentIdsAreAlwaysRecycled) {
  const GeneratorConfig traces{.minEvents = 300, .maxEvents = 900, .liveThreads = 4, .words = 2, .memoryReuse = false};
  const Totals totals = compareOnRandomTraces(1'000, traces, {.segmentIds = 192});
  EXPECT_GT(totals.collections, totals.traces);
  EXPECT_LT(totals.forgetful, totals.traces / 10 + 1) << "too many traces were not compared";
}

}  // namespace
}  // namespace snag::model
