#include "report/dedup.h"

#include <gtest/gtest.h>

namespace snag {
namespace {

TEST(PairKey, DoesNotDependOnTheOrderOfTheSides) {
  const RaceSide one{0x1000, 2}, other{0x2000, 1};
  EXPECT_EQ(pairKey(one, other), pairKey(other, one));
}

TEST(PairKey, DependsOnPlacesAndKinds) {
  const uint64_t key = pairKey({0x1000, 2}, {0x2000, 1});
  EXPECT_NE(key, pairKey({0x1000, 2}, {0x2008, 1}));
  EXPECT_NE(key, pairKey({0x1000, 2}, {0x2000, 3}));
  EXPECT_NE(key, pairKey({0x1000, 1}, {0x2000, 2})) << "the kinds changed sides";
  EXPECT_NE(pairKey({0x1000, 2}, {0x1000, 2}), pairKey({0x2000, 2}, {0x2000, 2})) << "equal sides cancel out";
}

TEST(SeenRaces, SecondOfTheSameRaceIsKnown) {
  SeenRaces seen;
  EXPECT_FALSE(seen.hasWord(1, 0x100));
  EXPECT_FALSE(seen.hasObject(1, 7));
  EXPECT_TRUE(seen.add(1, 7, 0x100));
  EXPECT_TRUE(seen.hasWord(1, 0x100));
  EXPECT_TRUE(seen.hasObject(1, 7));
  EXPECT_FALSE(seen.add(1, 7, 0x100));
}

TEST(SeenRaces, AnotherWordOfTheSameObjectIsTheSameRace) {
  SeenRaces seen;
  EXPECT_TRUE(seen.add(1, 7, 0x100));
  EXPECT_FALSE(seen.hasWord(1, 0x108));
  EXPECT_FALSE(seen.add(1, 7, 0x108));
}

TEST(SeenRaces, OtherObjectsAndOtherPairsAreOtherRaces) {
  SeenRaces seen;
  EXPECT_TRUE(seen.add(1, 7, 0x100));
  EXPECT_TRUE(seen.add(1, 8, 0x200));
  EXPECT_TRUE(seen.add(2, 7, 0x100));
}

TEST(SeenRaces, PairIsExhaustedAfterSoManyObjects) {
  SeenRaces seen;
  for (uint32_t object = 0; object < SeenRaces::kObjectsPerPair; ++object) {
    EXPECT_FALSE(seen.isExhausted(1));
    EXPECT_TRUE(seen.add(1, object, 8 * object));
  }
  EXPECT_TRUE(seen.isExhausted(1));
  EXPECT_FALSE(seen.add(1, 1000, 0x4000));
  EXPECT_FALSE(seen.isExhausted(2));
}

TEST(SeenRaces, FullSetTakesNothingNewAndStillAnswers) {
  SeenRaces seen;
  uint64_t pair = 1;
  while (seen.add(pair, 7, 0x100) && pair < 1'000'000) ++pair;
  EXPECT_GT(pair, 10'000u);
  EXPECT_LT(pair, 1'000'000u);
  EXPECT_TRUE(seen.hasObject(1, 7));
  EXPECT_FALSE(seen.hasObject(pair + 1, 7));
}

}  // namespace
}  // namespace snag
