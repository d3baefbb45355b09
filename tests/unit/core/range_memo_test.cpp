// A range that the open segment has checked is not looked at again, and is again when that could find something.
#include "core/range_memo.h"

#include "core/shadow_word.h"
#include "detector_fixture.h"

namespace snag {
namespace {

TEST(RangeMemo, CoversWhatWasRememberedInTheSameSegment) {
  RangeMemo memo;
  const Epoch now{3};
  EXPECT_FALSE(memo.covers(4096, 64, false, now, 0));
  memo.remember(4096, 128, false, now, 0);
  EXPECT_TRUE(memo.covers(4096, 128, false, now, 0));
  EXPECT_TRUE(memo.covers(4096, 64, false, now, 0));
  EXPECT_FALSE(memo.covers(4096, 129, false, now, 0)) << "longer";
  EXPECT_FALSE(memo.covers(4104, 64, false, now, 0)) << "elsewhere";
  EXPECT_FALSE(memo.covers(4096, 64, true, now, 0)) << "a write, after a read";
  EXPECT_FALSE(memo.covers(4096, 64, false, Epoch{4}, 0)) << "in the next segment";
  EXPECT_FALSE(memo.covers(4096, 64, false, now, 1)) << "after memory lost its history";
}

TEST(RangeMemo, AWriteCoversReads) {
  RangeMemo memo;
  memo.remember(4096, 128, true, Epoch{3}, 0);
  EXPECT_TRUE(memo.covers(4096, 128, false, Epoch{3}, 0));
  EXPECT_TRUE(memo.covers(4096, 128, true, Epoch{3}, 0));
}

TEST(RangeMemo, GrowsUntilWhatIsInUseFits) {
  constexpr size_t kRows = 600;
  RangeMemo memo;
  const auto visit = [&] {
    size_t covered = 0;
    for (size_t row = 0; row < kRows; ++row) {
      const uintptr_t start = 0x10000 + row * 4000;
      if (memo.covers(start, 4000, false, Epoch{1}, 0))
        ++covered;
      else
        memo.remember(start, 4000, false, Epoch{1}, 0);
    }
    return covered;
  };
  visit();
  const size_t entries = memo.entries();
  for (int again = 0; again < 20; ++again) visit();
  EXPECT_LT(entries, memo.entries());
  EXPECT_GT(visit(), kRows / 2);
}

TEST(RangeMemo, StaysSmallForRangesThatAreNotComeBackTo) {
  RangeMemo memo;
  for (uint32_t segment = 1; segment < 10'000; ++segment) memo.remember(4096 * segment, 64, true, Epoch{segment}, 0);
  EXPECT_LE(memo.entries(), 64u);
}

class RangesAgain : public DetectorTest {
 protected:
  static constexpr size_t kSize = 256;
};

TEST_F(RangesAgain, AfterAReleaseTheyAreAnotherSegments) {
  t1.write(x, kSize);
  t1.release(m), t2.acquire(m);
  t1.write(x, kSize);
  t2.read(x, kSize);
  EXPECT_EQ(races.size(), kSize / kCellBytes);
}

TEST_F(RangesAgain, AReadDoesNotStandForAWrite) {
  t1.read(x, kSize);
  t1.write(x, kSize);
  t2.read(x, 8);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RangesAgain, ForgottenMemoryIsRememberedAnew) {
  t1.write(x, kSize);
  detector->forgetRange(x, kSize);
  t1.write(x, kSize);
  t2.read(x, 8);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RangesAgain, SoIsMemoryThatWasFreedAndHandedOut) {
  t1.allocate(x, kSize), t1.write(x, kSize);
  t1.free(x, kSize), t1.allocate(x, kSize);
  t1.write(x, kSize);
  t2.read(x + 64, 8);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RangesAgain, WhoComesBetweenReportsTheRace) {
  t1.write(x, kSize);
  t2.write(x + 64, 8);
  EXPECT_EQ(races.size(), 1u);
  t1.write(x, kSize);
  EXPECT_EQ(races.size(), 1u) << "the same pair of segments once more";
}

}  // namespace
}  // namespace snag
