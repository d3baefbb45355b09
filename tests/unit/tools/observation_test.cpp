#include "model/observation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace snag::test {
namespace {

using model::nothingObserved;
using model::StreamFacts;
using testing::HasSubstr;

StreamFacts facts(uint32_t modules, uint32_t threads, uint64_t checks) {
  StreamFacts facts;
  facts.process.emplace();
  facts.summary.emplace();
  facts.summary->modules = modules;
  facts.summary->threads = threads;
  facts.summary->checks = checks;
  return facts;
}

TEST(Observation, NamesWhatWasMissing) {
  EXPECT_THAT(nothingObserved({}), HasSubstr("no process"));
  EXPECT_THAT(nothingObserved({facts(0, 2, 5)}), HasSubstr("no instrumented code"));
  EXPECT_THAT(nothingObserved({facts(1, 1, 5)}), HasSubstr("only one thread"));
  EXPECT_THAT(nothingObserved({facts(1, 2, 0)}), HasSubstr("no memory access"));
}

TEST(Observation, OneWatchedProcessIsEnough) { EXPECT_EQ(nothingObserved({facts(0, 1, 0), facts(1, 2, 5)}), ""); }

TEST(Observation, AFindingIsProofEvenWithoutASummary) {
  StreamFacts died;
  died.findings = 1;
  EXPECT_EQ(nothingObserved({died}), "");
}

TEST(Observation, TheFurthestProcessGivesTheReason) {
  EXPECT_THAT(nothingObserved({facts(1, 1, 5), facts(0, 3, 0)}), HasSubstr("only one thread"));
}

}  // namespace
}  // namespace snag::test
