// A thread that takes back a lock which nobody has taken meanwhile goes on with the segment in which it gave it back,
// whatever it did in between.
#include "core/quick_access.h"
#include "detector_fixture.h"

namespace snag {
namespace {

class ResumedSegment : public DetectorTest {
 protected:
  explicit ResumedSegment(DetectorConfig config = {}) : DetectorTest(config) {
    t1.lock(m);
    t1.write(x, 8);
    first = segment();
    t1.unlock(m);
    t1.read(y, 8);
    meanwhile = segment();
  }
  SegmentId segment() const { return t1.state->segment.load(); }
  uint32_t half(SegmentId id) const { return HalfWord{id, 0xff}.bits(); }

  SegmentId first{}, meanwhile{};
};

TEST_F(ResumedSegment, GoesOnIfNobodyHasLearned) {
  EXPECT_NE(meanwhile, first) << "others may learn of the release, and not of this";
  EXPECT_EQ(t1.abi.ownHalf, half(meanwhile));
  t1.lock(m);
  EXPECT_EQ(segment(), first);
  EXPECT_EQ(t1.abi.ownHalf, half(first)) << "what it did under the lock is known at once";
}

// What was decided for the one segment is not what is to be done for the other.
TEST_F(ResumedSegment, DecidesAnew) {
  SnagSite site{};
  site.kind = SNAG_SITE_WRITE;
  site.size = 8;
  const auto writeAt = [&](uintptr_t address) {
    return quickAccess<8, true>(detector->impl(), *t1.state, &site, 2, address);
  };
  ASSERT_TRUE((detector->accessWord<8, true>(*t1.state, Place{&site, 2, 0x1000, 0}, line(30))));
  ASSERT_TRUE(writeAt(line(31)));
  EXPECT_EQ(shadow(line(31)).writer().id, meanwhile);
  t1.lock(m);
  ASSERT_TRUE((detector->accessWord<8, true>(*t1.state, Place{&site, 2, 0x1000, 0}, line(30))));
  ASSERT_TRUE(writeAt(line(32)));
  EXPECT_EQ(shadow(line(32)).writer().id, first);
}

TEST_F(ResumedSegment, EndsIfAnotherThreadHasLearned) {
  t2.lock(m);
  t2.unlock(m);
  t1.lock(m);
  EXPECT_EQ(segment(), meanwhile);
}

TEST_F(ResumedSegment, EndsWithAnyOtherRelease) {
  t1.release(n);
  t1.lock(m);
  EXPECT_EQ(segment(), kNoSegment);
}

TEST_F(ResumedSegment, EndsForAnotherLock) {
  t1.lock(n);
  EXPECT_EQ(segment(), meanwhile);
}

// The parts before and after belong together, and what stands between them does not.
TEST_F(ResumedSegment, IsOrderedAsAWhole) {
  t1.lock(m);
  t1.write(x + 8, 8);
  t1.unlock(m);
  t1.read(y + 8, 8);
  t2.lock(m);
  t2.write(x, 16);
  t2.write(y, 8);
  EXPECT_EQ(races.size(), 0u) << "all of that happened before the release that t2 has learned of";
  t2.write(y + 8, 8);
  EXPECT_EQ(races.size(), 1u) << "and this after it";
}

TEST_F(ResumedSegment, FindsWhatItSharesWithReadersAnew) {
  t2.read(y, 8);
  t1.read(y, 8);
  t1.read(y, 8);
  EXPECT_NE(t1.abi.sharedHalf, SNAG_NO_SEGMENT) << "a set with the segment in which it read";
  t1.lock(m);
  EXPECT_EQ(t1.abi.sharedHalf, SNAG_NO_SEGMENT);
  t1.unlock(m);
  t2.lock(m);
  t2.write(y, 8);
  EXPECT_EQ(races.size(), 0u);
}

// Its entries stand in the log in several parts.
TEST_F(ResumedSegment, HasPlacesInEachPart) {
  t1.lock(m);
  t1.write(x + 8, 8);
  t2.read(x, 8);
  t2.read(x + 8, 8);
  t2.write(y, 8);
  ASSERT_EQ(races.size(), 3u);
  EXPECT_EQ(races[0].earlier.address, x);
  EXPECT_NE(races[0].earlier.context, kNoContext);
  EXPECT_EQ(races[1].earlier.address, x + 8);
  EXPECT_NE(races[1].earlier.context, kNoContext);
  EXPECT_EQ(races[2].earlier.address, y);
  EXPECT_NE(races[2].earlier.context, kNoContext);
}

// The smallest of logs: each few entries begin a chunk, and it is looked through all the time.
class ResumedInSmallLog : public ResumedSegment {
 protected:
  ResumedInSmallLog() : ResumedSegment({.smallLogBytes = 0, .logChunkEntries = 4}) {}
};

TEST_F(ResumedInSmallLog, KeepsThePlacesThatAreNeeded) {
  constexpr size_t kRounds = 50;
  for (size_t round = 0; round < kRounds; ++round) {
    t1.lock(m);
    t1.write(line(10 + round), 8);
    EXPECT_EQ(segment(), first);
    t1.unlock(m);
    t1.read(line(100 + round), 8);
  }
  EXPECT_GT(detector->statistics().compactions, 0u);
  EXPECT_EQ(detector->statistics().forgotten, 0u);
  for (size_t round = 0; round < kRounds; ++round) {
    races.clear();
    t2.read(line(10 + round), 8);
    t2.write(line(100 + round), 8);
    ASSERT_EQ(races.size(), 2u) << round;
    EXPECT_EQ(races[0].earlier.address, line(10 + round));
    EXPECT_NE(races[0].earlier.context, kNoContext) << round;
    EXPECT_EQ(races[1].earlier.address, line(100 + round));
    EXPECT_NE(races[1].earlier.context, kNoContext) << round;
  }
}

// A range that was checked before the segment went on has been read by another thread meanwhile.
TEST_F(ResumedSegment, ChecksRangesAnew) {
  t1.write(line(20), 64);
  t2.read(line(20), 64);
  EXPECT_EQ(races.size(), 8u);
  races.clear();
  t1.lock(m);
  t1.write(line(20), 64);
  EXPECT_EQ(races.size(), 8u);
}

}  // namespace
}  // namespace snag
