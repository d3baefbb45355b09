// Where the first access was: known however old it is.
#include "detector_fixture.h"

namespace snag {
namespace {

class AccessPlace : public DetectorTest {
 protected:
  explicit AccessPlace(DetectorConfig config = {}) : DetectorTest(config) {}

  // t1 writes x at a place of its own.
  void firstAccess() {
    first_.kind = SNAG_SITE_WRITE;
    first_.size = 4;
    detector->access(*t1.state, Place{&first_, 77, 0xabc, 0}, x, 4, SNAG_SITE_WRITE);
  }

  // 10 million accesses of 100 kinds by t1, in many segments and all over the window, if factor is 1.
  void manyOthers(size_t count) {
    for (size_t i = 0; i < count; ++i) {
      t1.write(line(16 + i % 8000), 1 + i % 8);
      if (i % 64 == 0) t1.release(m);
    }
  }

  void expectFirstAccessKnown() {
    t2.write(x);
    ASSERT_EQ(races.size(), 1u);
    const EarlierAccess& earlier = races[0].earlier;
    ASSERT_NE(earlier.context, kNoContext);
    const Detector::ContextInfo info = detector->context(earlier.context);
    EXPECT_EQ(info.site, &first_);
    ASSERT_GE(info.frameCount, 1u);
    EXPECT_EQ(info.frames[0], 0xabcu);
    EXPECT_EQ(earlier.address, x);
    EXPECT_EQ(earlier.size, 4u);
  }

  SnagSite first_{};
};

TEST_F(AccessPlace, OfARecentAccessIsKnown) {
  firstAccess();
  expectFirstAccessKnown();
}

TEST_F(AccessPlace, IsKnownAfterAMillionOtherAccesses) {
  firstAccess();
  manyOthers(1'000'000);
  expectFirstAccessKnown();
}

TEST_F(AccessPlace, OfAnEndedThreadIsKnown) {
  firstAccess();
  t1.finish();
  main.join(t1);
  expectFirstAccessKnown();
}

TEST_F(AccessPlace, NamesTheLocksThatWereHeld) {
  t1.lock(m);
  t1.lock(n);
  firstAccess();
  t1.unlock(n);
  t1.unlock(m);
  t2.write(x);
  ASSERT_EQ(races.size(), 1u);
  size_t count = 0;
  const Detector::HeldLockInfo* held = detector->lockSet(races[0].earlier.locks, &count);
  ASSERT_EQ(count, 2u);
  EXPECT_EQ(held[0].lock, m);
  EXPECT_EQ(held[1].lock, n);
  EXPECT_EQ(held[0].mode, LockMode::Write);
  EXPECT_NE(held[0].taken, kNoContext);
}

TEST_F(AccessPlace, NamesNoLocksThatWereReleasedOrTakenLater) {
  t1.lock(m);
  t1.unlock(m);
  firstAccess();
  t1.lock(n);
  t2.write(x);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].earlier.locks, kNoLocks);
}

TEST_F(AccessPlace, OfARangeIsTheWholeRange) {
  t1.write(x, 64);
  t2.read(x + 24);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].earlier.address, x);
  EXPECT_EQ(races[0].earlier.size, 64u);
}

TEST_F(AccessPlace, ToldApartWithinOneSegment) {
  t1.write(y);
  firstAccess();
  t1.write(x + 4);
  expectFirstAccessKnown();
}

TEST_F(AccessPlace, IsVisitedForUsualLocks) {
  t1.lock(m), t1.write(x), t1.unlock(m);
  t2.lock(m), t2.write(x), t2.unlock(m);
  t3.lock(n), t3.write(y), t3.unlock(n);
  std::vector<EarlierAccess> seen;
  const auto visit = [](void* list, const EarlierAccess& e) {
    static_cast<std::vector<EarlierAccess>*>(list)->push_back(e);
  };
  detector->visitAccesses(x, x + 4, 100, visit, &seen);
  ASSERT_GE(seen.size(), 1u);
  for (const EarlierAccess& e : seen) {
    EXPECT_EQ(e.address, x);
    size_t count = 0;
    const Detector::HeldLockInfo* held = detector->lockSet(e.locks, &count);
    ASSERT_EQ(count, 1u);
    EXPECT_EQ(held[0].lock, m);
  }
  seen.clear();
  detector->visitAccesses(space.base() + (512 << 10), space.base() + (512 << 10) + 8, 100, visit, &seen);
  EXPECT_TRUE(seen.empty());
}

class CompactedAccessPlace : public AccessPlace {
 protected:
  CompactedAccessPlace() : AccessPlace({.smallLogBytes = 256 << 10}) {}
};

TEST_F(CompactedAccessPlace, IsKnownAfterCompaction) {
  firstAccess();
  manyOthers(500'000);
  EXPECT_GT(detector->statistics().compactions, 0u);
  expectFirstAccessKnown();
}

TEST_F(CompactedAccessPlace, OfAReadIsKnownAfterCompaction) {
  t1.read(x);
  manyOthers(500'000);
  EXPECT_GT(detector->statistics().compactions, 0u);
  t2.write(x);
  ASSERT_EQ(races.size(), 1u);
  ASSERT_NE(races[0].earlier.context, kNoContext);
  EXPECT_EQ(races[0].earlier.address, x);
}

}  // namespace
}  // namespace snag
