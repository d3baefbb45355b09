// A range that the open segment has checked is not looked at again, and is again when that could find something.
#include "core/range_memo.h"

#include "core/shadow_word.h"
#include "detector_fixture.h"

namespace snag {
namespace {

constexpr Epoch kNow{3};

// What is known of `size` bytes at `start`, from where to where.
std::pair<uintptr_t, uintptr_t> known(const RangeMemo& memo, uintptr_t start, size_t size, bool isWrite = false,
                                      Epoch epoch = kNow, uint32_t forgets = 0) {
  const AddressRange part = memo.known({start, start + size}, isWrite, epoch, forgets);
  return {part.start, part.end};
}
std::pair<uintptr_t, uintptr_t> range(uintptr_t start, uintptr_t end) { return {start, end}; }
std::pair<uintptr_t, uintptr_t> nothing(uintptr_t start, size_t size) { return {start + size, start + size}; }

TEST(RangeMemo, KnowsWhatWasRememberedInTheSameSegment) {
  RangeMemo memo;
  EXPECT_EQ(known(memo, 4096, 64), nothing(4096, 64));
  memo.remember({4096, 4224}, false, kNow, 0);
  EXPECT_EQ(known(memo, 4096, 128), range(4096, 4224));
  EXPECT_EQ(known(memo, 4096, 64), range(4096, 4160));
  EXPECT_EQ(known(memo, 4096, 129), range(4096, 4224)) << "longer";
  EXPECT_EQ(known(memo, 8192, 64), nothing(8192, 64)) << "elsewhere";
  EXPECT_EQ(known(memo, 4096, 64, true), nothing(4096, 64)) << "a write, after a read";
  EXPECT_EQ(known(memo, 4096, 64, false, Epoch{4}), nothing(4096, 64)) << "in the next segment";
  EXPECT_EQ(known(memo, 4096, 64, false, kNow, 1), nothing(4096, 64)) << "after memory lost its history";
}

TEST(RangeMemo, AWriteStandsForReads) {
  RangeMemo memo;
  memo.remember({4096, 4224}, true, kNow, 0);
  EXPECT_EQ(known(memo, 4096, 128, false), range(4096, 4224));
  EXPECT_EQ(known(memo, 4096, 128, true), range(4096, 4224));
}

TEST(RangeMemo, KnowsPartsOfRangesThatBeginNearby) {
  RangeMemo memo;
  memo.remember({4104, 4232}, false, kNow, 0);
  EXPECT_EQ(known(memo, 4096, 128), range(4104, 4224)) << "one element before";
  EXPECT_EQ(known(memo, 4112, 128), range(4112, 4232)) << "one element behind";
  EXPECT_EQ(known(memo, 4112, 64), range(4112, 4176)) << "inside";
}

TEST(RangeMemo, RangesThatOverlapBecomeOne) {
  RangeMemo memo;
  memo.remember({4104, 4232}, false, kNow, 0);
  memo.remember({4096, 4224}, false, kNow, 0);
  memo.remember({4112, 4240}, false, kNow, 0);
  EXPECT_EQ(known(memo, 4096, 256), range(4096, 4240));
}

TEST(RangeMemo, RangesThatDoNotOverlapStayApart) {
  RangeMemo memo;
  memo.remember({4096, 4100}, false, kNow, 0);
  memo.remember({4104, 4232}, false, kNow, 0);
  EXPECT_EQ(known(memo, 4096, 136), range(4104, 4232));
}

TEST(RangeMemo, AReadDoesNotMakeAWriteLonger) {
  RangeMemo memo;
  memo.remember({4096, 4224}, true, kNow, 0);
  memo.remember({4104, 4232}, false, kNow, 0);
  EXPECT_EQ(known(memo, 4096, 136, true), nothing(4096, 136));
  EXPECT_EQ(known(memo, 4096, 136, false), range(4104, 4232));
}

TEST(RangeMemo, RangesOfOtherSegmentsAreNotPutTogether) {
  RangeMemo memo;
  memo.remember({4096, 4224}, false, kNow, 0);
  memo.remember({4104, 4232}, false, Epoch{4}, 0);
  EXPECT_EQ(known(memo, 4096, 136, false, Epoch{4}), range(4104, 4232));
}

TEST(RangeMemo, GrowsUntilWhatIsInUseFits) {
  constexpr size_t kRows = 600;
  RangeMemo memo;
  const auto visit = [&] {
    size_t covered = 0;
    for (size_t row = 0; row < kRows; ++row) {
      const uintptr_t start = 0x10000 + row * 4000;
      if (known(memo, start, 4000) == range(start, start + 4000))
        ++covered;
      else
        memo.remember({start, start + 4000}, false, kNow, 0);
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
  for (uint32_t segment = 1; segment < 10'000; ++segment)
    memo.remember({4096 * segment, 4096 * segment + 64}, true, Epoch{segment}, 0);
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

TEST_F(RangesAgain, WhatIsNewBesideKnownBytesIsChecked) {
  t2.write(x, 8), t2.write(x + 8 + kSize, 8);
  t1.read(x + 8, kSize);
  EXPECT_EQ(races.size(), 0u);
  t1.read(x, kSize);
  EXPECT_EQ(races.size(), 1u) << "the word before";
  t1.read(x + 16, kSize);
  EXPECT_EQ(races.size(), 2u) << "the word behind";
}

TEST_F(RangesAgain, WhatIsNewBesideKnownBytesIsRemembered) {
  t1.read(x + 8, kSize);
  t1.read(x, kSize + 16);
  t2.write(x, 8);
  EXPECT_EQ(races.size(), 1u);
  t2.write(x + 8 + kSize, 8);
  EXPECT_EQ(races.size(), 2u);
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
