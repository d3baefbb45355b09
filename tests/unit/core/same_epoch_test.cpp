// The test of what a segment has done before, for ranges of a few words.
#include "core/same_epoch.h"

#include <gtest/gtest.h>

namespace snag {
namespace {

constexpr SegmentId kOwn{7}, kOther{9}, kSet{11};
constexpr HalfWord kCrowd{SegmentId{13}, 0xff};

class ShortRange : public ::testing::Test {
 protected:
  void set(size_t word, HalfWord writer, HalfWord reader) { cells_[word] = ShadowWord(writer, reader).bits(); }
  bool isKnown(bool isWrite, size_t offset, size_t size) const {
    SnagThread thread = SNAG_UNKNOWN_THREAD;
    thread.ownHalf = HalfWord{kOwn, 0xff}.bits();
    thread.sharedHalf = HalfWord{kSet, 0xff}.bits();
    thread.joinedHalves[kCrowd.bits() % SNAG_JOINED_HALVES] = kCrowd.bits();
    return SameEpoch(thread, isWrite).holds(cells_, offset, size);
  }

 private:
  ShadowCell cells_[3] = {};
};

TEST_F(ShortRange, IsKnownIfAllOfItsBytesAre) {
  set(0, {kOwn, 0xf0}, {kOther, 0x0f});
  set(1, {kOwn, 0xff}, {});
  set(2, {kOwn, 0x03}, {kOther, 0xfc});
  EXPECT_TRUE(isKnown(true, 4, 14));
  EXPECT_TRUE(isKnown(false, 4, 14));
  EXPECT_FALSE(isKnown(true, 3, 15)) << "a byte more in front";
  EXPECT_FALSE(isKnown(true, 4, 15)) << "a byte more behind";
}

TEST_F(ShortRange, OfReadsIsKnownByBothHalvesOfAWordTogether) {
  set(0, {kOwn, 0x3c}, {kOwn, 0x43});
  EXPECT_TRUE(isKnown(false, 0, 7));
  EXPECT_FALSE(isKnown(true, 0, 7));
  EXPECT_FALSE(isKnown(false, 0, 8)) << "neither has the last byte";
  set(0, {kOwn, 0x0f}, {kOther, 0xf0});
  EXPECT_FALSE(isKnown(false, 0, 8)) << "another's read";
  set(0, {kOther, 0x0f}, {kOwn, 0xf0});
  EXPECT_FALSE(isKnown(false, 0, 8)) << "another's write";
}

TEST_F(ShortRange, IsKnownToReadersOfACrowdThatTheThreadHasJoined) {
  set(0, {kOwn, 0xff}, {});
  set(1, {SegmentId{5}, 0}, kCrowd);
  set(2, {SegmentId{6}, 0}, {SegmentId{13 + SNAG_JOINED_HALVES}, 0xff});
  EXPECT_TRUE(isKnown(false, 0, 16));
  EXPECT_TRUE(isKnown(false, 7, 2));
  EXPECT_FALSE(isKnown(true, 7, 2));
  EXPECT_FALSE(isKnown(false, 0, 24)) << "that has the same place";
}

TEST_F(ShortRange, IsNotKnownIfAWordBetweenIsNot) {
  set(0, {kOwn, 0xff}, {});
  set(1, {kOther, 0xff}, {});
  set(2, {kOwn, 0xff}, {});
  EXPECT_TRUE(isKnown(true, 0, 8));
  EXPECT_FALSE(isKnown(true, 0, 24));
  EXPECT_FALSE(isKnown(false, 0, 24));
  EXPECT_FALSE(isKnown(true, 7, 2));
}

TEST_F(ShortRange, OfReadsIsKnownByEitherHalfAndBySharedReaders) {
  set(0, {kOwn, 0xff}, {});
  set(1, {kOther, 0xff}, {kOwn, 0xff});
  set(2, {kOther, 0xff}, {kSet, 0xff});
  EXPECT_TRUE(isKnown(false, 0, 24));
  EXPECT_FALSE(isKnown(true, 0, 24)) << "what was read only was not written";
  set(2, {kOther, 0xff}, {kSet, 0x7f});
  EXPECT_FALSE(isKnown(false, 0, 24));
  EXPECT_TRUE(isKnown(false, 0, 23));
}

TEST_F(ShortRange, OfFreshMemoryIsNotKnown) {
  EXPECT_FALSE(isKnown(true, 0, 1));
  EXPECT_FALSE(isKnown(false, 5, 9));
}

}  // namespace
}  // namespace snag
