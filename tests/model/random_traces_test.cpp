// The detector against the definition of happens-before, on random traces: the same races, word for word.
//
// SNAG_MODEL_SEED=N tries other traces, SNAG_MODEL_FACTOR=N tries N times as many. A failing trace is printed as text;
// it can be pasted into regression_traces_test.cpp.
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

void explain(const Trace& failing, const std::string& how, const RunConfig& config) {
  const auto failsAlone = [&](const Trace& trace) { return !disagreement(trace, config).empty(); };
  if (!failsAlone(failing)) {
    ADD_FAILURE() << "The detector and the naive model disagree on this trace, but only after others:\n"
                  << print(failing) << how;
    return;
  }
  const Trace small = shrink(failing, failsAlone);
  ADD_FAILURE() << "The detector and the naive model disagree on this trace:\n"
                << print(small) << disagreement(small, config);
}

struct Totals : DetectorStatistics {
  uint64_t knownAtomics = 0, quickAtomics = 0;
  uint64_t quickAccesses = 0, accessesByRules = 0, wholeWords = 0, crowds = 0, ranges = 0, blocks = 0;
  uint64_t crowdedWords = 0;
};

// Stops at the first disagreement. A detector lives through 50 traces, so that its parts are reused as in a long
// program.
Totals compareOnRandomTraces(uint64_t count, const GeneratorConfig& traces, const RunConfig& config) {
  std::mt19937_64 random(fromEnvironment("SNAG_MODEL_SEED", 20));
  count *= fromEnvironment("SNAG_MODEL_FACTOR", 1);
  Totals total;
  while (count > 0) {
    World world(config);
    for (int i = 0; i < 50 && count > 0; ++i, --count) {
      const Trace trace = randomTrace(traces, random);
      if (const std::string how = disagreement(trace, world); !how.empty()) {
        explain(trace, how, config);
        return total;
      }
    }
    const DetectorStatistics statistics = world.detector.statistics();
    total.races += statistics.races;
    total.forgotten += statistics.forgotten;
    total.collections += statistics.collections;
    total.compactions += statistics.compactions;
    total.cuts += statistics.cuts;
    total.knownAtomics += world.knownAtomics;
    total.quickAtomics += world.quickAtomics;
    total.quickAccesses += world.quickAccesses;
    total.accessesByRules += world.accessesByRules;
    total.wholeWords += world.wholeWords;
    total.crowds += world.crowds;
    total.ranges += world.ranges;
    total.blocks += world.blocks;
    total.crowdedWords += world.crowdedWords;
  }
  return total;
}

TEST(RandomTraces, SameRacesWithInlineChecksAndExactPublication) {
  const Totals total = compareOnRandomTraces(35'000, {}, {});
  EXPECT_GT(total.races, 35'000u) << "the traces are too tame to tell anything";
  EXPECT_GT(total.quickAccesses, 10'000u) << "the quick way is not looked at";
  EXPECT_GT(total.accessesByRules, 10'000u) << "nor is the one without answers";
  EXPECT_GT(total.wholeWords, 5'000u) << "nor is that of whole words";
  EXPECT_GT(total.blocks, 500u) << "nor is that of two words";
  EXPECT_GT(total.ranges, 5'000u) << "nor is that of short ranges";
  EXPECT_GT(total.quickAtomics, 10'000u) << "nor is that of atomic operations";
  EXPECT_GT(total.quickAccesses - total.accessesByRules - total.wholeWords, 10'000u) << "nor is the one with answers";
  EXPECT_EQ(total.forgotten, 0u);
}

TEST(RandomTraces, SameRacesWithoutInlineChecksAndWithPlainPublication) {
  compareOnRandomTraces(25'000, {}, {.exact = false, .inlineChecks = false, .sizedHooks = false});
}

TEST(RandomTraces, SameRacesWithTwoThreadsAndTwoWords) {
  compareOnRandomTraces(15'000, {.liveThreads = 2, .words = 2, .ignores = false, .memoryReuse = false}, {});
}

TEST(RandomTraces, SameRacesWhileLogsAreAlwaysCompacted) {
  EXPECT_GT(compareOnRandomTraces(7'500, {}, {.smallLogBytes = 0}).compactions, 7'500u);
  EXPECT_GT(compareOnRandomTraces(7'500, {}, {.smallLogBytes = 0, .logBudgetBytes = 0}).compactions, 7'500u);
}

// Each chunk goes as soon as all threads know what it says, and the naive model says whose place is still asked for.
TEST(RandomTraces, SamePlacesWhileLogsAreAlwaysCut) {
  const GeneratorConfig traces{.minEvents = 40, .maxEvents = 160, .liveThreads = 4};
  const RunConfig config{.smallLogBytes = 0, .logChunkEntries = 4};
  EXPECT_GT(compareOnRandomTraces(15'000, traces, config).cuts, 7'500u);
}

// Parts of ranges are known from memory, and what is before and behind them has to be looked at.
TEST(RandomTraces, SameRacesWithRangesThatOverlap) {
  const GeneratorConfig traces{.minEvents = 40, .maxEvents = 120, .liveThreads = 3, .words = 9, .ranges = true};
  for (const bool inlineChecks : {true, false}) {
    const RunConfig config{.rememberedRange = 16, .inlineChecks = inlineChecks};
    EXPECT_GT(compareOnRandomTraces(5'000, traces, config).races, 10'000u);
  }
}

// Long enough stretches without a release that atomic operations are repeated, by few threads that get in each other's
// way.
TEST(RandomTraces, SameRacesWithRepeatedAtomics) {
  const GeneratorConfig traces{.minEvents = 40, .maxEvents = 160, .liveThreads = 3, .words = 2, .repeatsAtomics = true};
  const Totals total = compareOnRandomTraces(7'500, traces, {});
  EXPECT_GT(total.knownAtomics, 50'000u);
  EXPECT_GT(total.quickAtomics, 50'000u);
}

// Many readers of few words, and now and then a writer.
TEST(RandomTraces, SameRacesWhereWordsAreCrowded) {
  const GeneratorConfig traces{.minEvents = 100, .maxEvents = 300, .words = 2, .crowds = true};
  for (const bool exact : {true, false}) {
    const RunConfig config{.exact = exact, .crowdOneIn = 1, .inlineChecks = exact};
    const Totals total = compareOnRandomTraces(2'500, traces, config);
    EXPECT_GT(total.crowdedWords, 10'000u) << "crowds are not looked at";
    EXPECT_GT(total.crowds, 1'000u) << "nor is the way of reads that join them";
    EXPECT_GT(total.races, 2'500u);
  }
}

TEST(RandomTraces, SameRacesWhereCrowdsAreRecycled) {
  const GeneratorConfig traces{
      .minEvents = 300, .maxEvents = 900, .liveThreads = 5, .words = 2, .crowds = true, .memoryReuse = false};
  const Totals total = compareOnRandomTraces(1'100, traces, {.segmentIds = 384, .crowdOneIn = 1});
  EXPECT_GT(total.collections, 1'000u);
  EXPECT_GT(total.crowdedWords, 10'000u);
  EXPECT_EQ(total.forgotten, 0u) << "these traces were not compared";
}

// C++ does not say what overlapping atomics of different sizes order; the detector leans towards order.
TEST(RandomTraces, NoFalseAlarmWithOverlappingAtomicsOfAllSizes) {
  compareOnRandomTraces(10'000, {.mixedAtomicSizes = true}, {.mayMiss = true});
}

TEST(RandomTraces, SameRacesWhileSegmentIdsAreAlwaysRecycled) {
  const GeneratorConfig traces{.minEvents = 300, .maxEvents = 900, .liveThreads = 4, .words = 2, .memoryReuse = false};
  const Totals total = compareOnRandomTraces(1'000, traces, {.segmentIds = 256});
  EXPECT_GT(total.collections, 1'000u);
  EXPECT_EQ(total.forgotten, 0u) << "these traces were not compared";
}

// Rows that are given up half used, recycled whole, or taken apart for pairs.
TEST(RandomTraces, SameRacesWhileRowsOfIdsAreAlwaysRecycled) {
  const GeneratorConfig traces{.minEvents = 300, .maxEvents = 900, .liveThreads = 4, .words = 2, .memoryReuse = false};
  const Totals total = compareOnRandomTraces(1'500, traces, {.segmentIds = 1024, .alwaysRows = true});
  EXPECT_GT(total.collections, 500u);
  EXPECT_EQ(total.forgotten, 0u) << "these traces were not compared";
}

}  // namespace
}  // namespace snag::model
