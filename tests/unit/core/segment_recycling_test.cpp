// Segment ids come back when nothing names them, and never while something does.
#include "detector_fixture.h"

namespace snag {
namespace {

class SegmentRecycling : public DetectorTest {
 protected:
  explicit SegmentRecycling(uint32_t ids = 1024) : DetectorTest({.segmentIds = ids}) {}

  // More segments than there are ids, none of them remembered in the end.
  void useManySegments(TestThread& t, uintptr_t place, int count) {
    for (int i = 0; i < count; ++i) {
      t.write(place);
      t.release(m);
    }
  }
};

TEST_F(SegmentRecycling, GoesOnForever) {
  useManySegments(t1, y, 100'000);
  EXPECT_GT(detector->statistics().collections, 0u);
  EXPECT_EQ(detector->statistics().forgotten, 0u);
}

TEST_F(SegmentRecycling, KeepsWhatIsRemembered) {
  t1.write(x);
  t2.read(x + 8);
  t3.read(x + 8);
  for (size_t i = 0; i < 8; ++i) (i % 2 ? t1 : t2).write(x + 16 + i, 1);
  t3.store(a, kRelaxed);
  useManySegments(t1, y, 50'000);
  useManySegments(t2, y + 64 * 8, 50'000);
  main.read(x);
  EXPECT_EQ(races.size(), 1u) << "a plain word";
  main.write(x + 8);
  EXPECT_EQ(races.size(), 3u) << "a read set";
  main.write(x + 16, 8);
  EXPECT_EQ(races.size(), 5u) << "bytes of a detail block";
  main.write(a);
  EXPECT_EQ(races.size(), 6u) << "an atomic location";
  EXPECT_EQ(detector->statistics().forgotten, 0u);
}

TEST_F(SegmentRecycling, RemembersNothingThatNeverWas) {
  for (int round = 0; round < 20'000; ++round) {
    TestThread& t = round % 2 ? t1 : t2;
    t.lock(m);
    t.write(x + 8 * static_cast<uintptr_t>(round % 64));
    t.read(x + 8 * static_cast<uintptr_t>((round * 7) % 64));
    t.unlock(m);
  }
  EXPECT_TRUE(races.empty());
}

TEST_F(SegmentRecycling, MayBeAskedForAtAnyTime) {
  t1.write(x);
  detector->collectSegments(*t2.state);
  detector->collectSegments(*t2.state);
  EXPECT_GE(detector->statistics().collections, 2u);
  t3.write(x);
  EXPECT_EQ(races.size(), 1u);
}

class TooFewSegments : public SegmentRecycling {
 protected:
  TooFewSegments() : SegmentRecycling(256) {}
};

TEST_F(TooFewSegments, ForgetsCountsAndGoesOn) {
  for (size_t i = 0; i < 4000; ++i) {
    t1.write(line(16 + i), 8);
    t1.release(m);
  }
  EXPECT_GT(detector->statistics().forgotten, 0u);
  t1.write(x);
  t2.write(x);
  EXPECT_EQ(races.size(), 1u) << "what is recent is still exact";
}

}  // namespace
}  // namespace snag
