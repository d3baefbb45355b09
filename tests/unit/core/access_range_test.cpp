// Checks of many elements at once: nothing in the middle is overlooked, and the element that races is told.
#include "detector_fixture.h"

namespace snag {
namespace {

class AccessRange : public DetectorTest {
 protected:
  // A loop over elements of 4 bytes: its site knows their size.
  void loop(TestThread& thread, uintptr_t start, size_t bytes, uint8_t kind) {
    SnagSite& site = kind & SNAG_SITE_WRITE ? writeSite_ : readSite_;
    site.kind = kind;
    site.size = 4;
    detector->access(*thread.state, Place{&site, 5, 0xabc, 0}, start, bytes, kind);
  }

  SnagSite readSite_{}, writeSite_{};
};

TEST_F(AccessRange, TellsTheElementThatRaces) {
  t1.write(x + 12);
  loop(t2, x, 400, SNAG_SITE_READ);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].address, x + 12);
  EXPECT_EQ(races[0].size, 4u);
  EXPECT_EQ(races[0].racingAddress, x + 12);
}

TEST_F(AccessRange, TellsTheElementOfTheEarlierLoop) {
  loop(t1, x, 400, SNAG_SITE_WRITE);
  t2.read(x + 44);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].earlier.address, x + 44);
  EXPECT_EQ(races[0].earlier.size, 4u);
}

TEST_F(AccessRange, TellsEveryElementThatRaces) {
  t1.write(x + 8, 4);
  t1.write(x + 20, 4);
  loop(t2, x, 32, SNAG_SITE_WRITE);
  ASSERT_EQ(races.size(), 2u);
  EXPECT_EQ(races[0].address, x + 8);
  EXPECT_EQ(races[1].address, x + 20);
}

// The second pass over a range is a comparison of its shadow words only: every place in it counts, at any length.
TEST_F(AccessRange, NoPlaceOfARepeatedRangeIsOverlooked) {
  for (const uint8_t kind : {SNAG_SITE_READ, SNAG_SITE_WRITE})
    for (uintptr_t start = x; start < x + 16; start += 4)
      for (uintptr_t end = start + 4; end <= start + 120; end += 4)
        for (uintptr_t at = start; at < end; at += 4) {
          loop(t1, start, end - start, SNAG_SITE_WRITE);
          t1.release(m);
          t2.acquire(m);
          t2.write(at, 4);
          if (at > start) loop(t1, start, at - start, kind);
          if (at + 4 < end) loop(t1, at + 4, end - at - 4, kind);
          ASSERT_TRUE(races.empty());
          loop(t1, start, end - start, kind);
          ASSERT_EQ(races.size(), 1u) << start - x << ' ' << end - x << ' ' << at - x;
          EXPECT_EQ(races[0].address, at);
          t2.release(n);
          t1.acquire(n);
          races.clear();
        }
}

TEST_F(AccessRange, WordsReadAndWordsWrittenTogetherPassForReadsOnly) {
  loop(t1, x, 64, SNAG_SITE_WRITE);
  loop(t1, x + 64, 64, SNAG_SITE_READ);
  loop(t1, x, 128, SNAG_SITE_READ);
  t2.read(x + 64);
  EXPECT_TRUE(races.empty());
  loop(t1, x, 128, SNAG_SITE_WRITE);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].address, x + 64);
}

// What a word of the range becomes is worked out once for equal words: not for those that differ.
TEST_F(AccessRange, OneWordWithAnotherHistoryKeepsIt) {
  loop(t1, x, 128, SNAG_SITE_READ);
  t2.read(x + 40, 4);
  loop(t3, x, 128, SNAG_SITE_READ);
  EXPECT_TRUE(races.empty());
  main.write(x + 40, 4);
  EXPECT_EQ(races.size(), 3u);
}

// Words that the segment has accessed before are passed over together: not those between them.
TEST_F(AccessRange, NoWordBetweenOwnOnesIsPassedOver) {
  constexpr size_t kWords = 48;
  for (size_t odd = 1; odd < kWords; ++odd) {
    const uintptr_t start = line(100 * odd), other = start + 8 * odd;
    t1.write(other, 8);
    t1.release(m);
    t2.acquire(m);
    for (size_t i = 1; i < kWords; ++i)
      if (i != odd) t2.read(start + 8 * i, 8);
    loop(t2, start, 8 * kWords, SNAG_SITE_READ);
    ASSERT_TRUE(races.empty());
    t1.write(other, 8);
    ASSERT_EQ(races.size(), 1u) << odd;
    EXPECT_EQ(earlierThreads[0], t2.number);
    races.clear();
    earlierThreads.clear();
    t2.write(start, 8);  // the next segment
    t2.release(n);
  }
}

}  // namespace
}  // namespace snag
