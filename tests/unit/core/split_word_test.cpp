// Words of which a later segment has touched a part: no side table, and each byte keeps who touched it.
#include "detector_fixture.h"

namespace snag {
namespace {

class SplitWord : public DetectorTest {
 protected:
  // t2 learns what t1 did so far; what t1 does next is another segment.
  void tellT2() { t1.release(m), t2.acquire(m); }
};

TEST_F(SplitWord, LaterWriteOfAPartKeepsTheEarlierOneOfTheRest) {
  t1.write(x, 8);
  tellT2();
  t1.write(x, 4);
  EXPECT_TRUE(shadow(x).isSplit());
  t2.read(x + 4, 4);
  EXPECT_TRUE(races.empty());
  t2.read(x, 4);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].racingAddress, x);
  EXPECT_EQ(races[0].racingSize, 4u);
}

TEST_F(SplitWord, LaterReadOfAPartKeepsTheEarlierOneOfTheRest) {
  t1.read(x, 8);
  tellT2();
  t1.read(x + 2, 1);
  EXPECT_TRUE(shadow(x).isSplit());
  t2.write(x, 2), t2.write(x + 3, 1), t2.write(x + 4, 4);
  EXPECT_TRUE(races.empty());
  t2.write(x + 2, 1);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].racingAddress, x + 2);
  EXPECT_EQ(races[0].racingSize, 1u);
}

TEST_F(SplitWord, IsWholeAgainWhenTheSegmentHasTouchedAllOfIt) {
  t1.read(x, 8), t1.write(y, 8);
  tellT2();
  for (size_t i = 0; i < 8; ++i) {
    t1.read(x + i, 1), t1.write(y + i, 1);
    EXPECT_EQ(shadow(x).isSplit(), i != 7) << i;
    EXPECT_EQ(shadow(y).isSplit(), i != 7) << i;
    EXPECT_FALSE(shadow(x).isEscaped() || shadow(y).isEscaped()) << i;
  }
  t2.write(x, 8);
  EXPECT_EQ(races.size(), 1u);
  t2.write(y, 8);
  EXPECT_EQ(races.size(), 2u);
}

TEST_F(SplitWord, TwoThreadsMayReadAPartEach) {
  t1.read(x, 4), t2.read(x + 4, 4);
  EXPECT_TRUE(shadow(x).isSplit());
  t1.write(x, 4), t2.write(x + 4, 4);
  EXPECT_TRUE(races.empty());
  t3.read(x, 8);
  EXPECT_EQ(races.size(), 2u);
}

TEST_F(SplitWord, AThirdReaderIsRememberedForThePartThatItReads) {
  t1.read(x, 4), t2.read(x + 4, 4);
  t3.read(x + 4, 4);
  main.write(x, 4);
  EXPECT_EQ(earlierThreads, std::vector<uint32_t>{t1.number});
  earlierThreads.clear();
  main.write(x + 4, 4);
  EXPECT_EQ(earlierThreads, (std::vector<uint32_t>{t2.number, t3.number}));
}

TEST_F(SplitWord, AThreadIsNotTakenForAReaderOfTheOtherPart) {
  t1.read(x, 4), t2.read(x + 4, 4), t1.read(x, 4);
  t3.read(y, 8), t1.read(y, 8);  // in one word t1 is among the readers, and remembers that set
  t1.read(x + 4, 4);
  t2.write(x + 4, 4);
  EXPECT_EQ(earlierThreads, std::vector<uint32_t>{t1.number});
}

}  // namespace
}  // namespace snag
