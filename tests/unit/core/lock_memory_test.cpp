// What the detector remembers of a lock so as not to look it up again, and when it must forget it.
#include "detector_fixture.h"

namespace snag {
namespace {

using LockMemory = DetectorTest;

// The locks of the earlier access, as a report would name them.
const HeldLock* earlierLocks(const Detector& detector, const Race& race, size_t count) {
  size_t held = 0;
  const HeldLock* locks = detector.lockSet(race.earlier.locks, &held);
  EXPECT_EQ(held, count);
  return held == count ? locks : nullptr;
}

TEST_F(LockMemory, EachPlaceOfTakingALockIsTold) {
  ContextId taken[4];
  for (size_t i = 0; i < 4; ++i) {
    t1.lock(m);  // each at another place: the fixture's calls all differ
    t1.write(line(10 + i));
    taken[i] = t1.state->locks.at(0).taken;
    t1.unlock(m);
  }
  for (size_t i = 0; i < 4; ++i) {
    t2.write(line(10 + i));
    ASSERT_EQ(races.size(), i + 1);
    const HeldLock* locks = earlierLocks(*detector, races[i], 1);
    ASSERT_NE(locks, nullptr);
    EXPECT_EQ(locks[0].taken, taken[i]);
    EXPECT_EQ(locks[0].lock, m);
  }
}

TEST_F(LockMemory, TheSamePlaceIsToldAgain) {
  const Place place = t1.here();
  for (size_t i = 0; i < 3; ++i) {
    detector->lockAcquired(*t1.state, place, m, LockMode::Write);
    t1.write(line(10 + i));
    t1.unlock(m);
    t2.lock(m), t2.unlock(m);
    t3.write(line(10 + i));
  }
  ASSERT_EQ(races.size(), 3u);
  EXPECT_EQ(races[0].earlier.locks, races[1].earlier.locks);
  EXPECT_EQ(races[0].earlier.locks, races[2].earlier.locks);
  EXPECT_NE(races[0].earlier.locks, kNoLocks);
}

TEST_F(LockMemory, TheModeBelongsToTheSet) {
  const Place place = t1.here();
  for (const LockMode mode : {LockMode::Read, LockMode::Write, LockMode::Read}) {
    detector->lockAcquired(*t1.state, place, m, mode);
    t1.write(line(10 + races.size()));
    detector->lockReleased(*t1.state, m, mode);
    t2.write(line(10 + races.size()));
    ASSERT_FALSE(races.empty());
    const HeldLock* locks = earlierLocks(*detector, races.back(), 1);
    ASSERT_NE(locks, nullptr);
    EXPECT_EQ(locks[0].mode, mode);
  }
  EXPECT_EQ(races.size(), 3u);
}

TEST_F(LockMemory, ALockAtTheSameAddressOrdersNothingAnew) {
  const Place place = t1.here();
  detector->lockAcquired(*t1.state, place, m, LockMode::Write);
  t1.write(x);
  t1.unlock(m);
  detector->lockDestroyed(*t1.state, m);
  t2.lock(m);
  t2.write(x);
  t2.unlock(m);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(LockMemory, TheSameLockOrders) {
  t1.lock(m), t1.write(x), t1.unlock(m);
  t1.lock(m), t1.write(x), t1.unlock(m);
  t2.lock(m), t2.write(x), t2.unlock(m);
  t1.lock(m), t1.write(x), t1.unlock(m);
  EXPECT_TRUE(races.empty());
}

TEST_F(LockMemory, ALockInFreedMemoryOrdersNothing) {
  t1.allocate(m, 64);
  t1.lock(m), t1.write(x), t1.unlock(m);
  t1.free(m, 64);
  t1.allocate(m, 64);
  t2.lock(m), t2.write(x), t2.unlock(m);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(LockMemory, AReleaseInBetweenIsLearned) {
  t1.lock(m), t1.unlock(m);
  t2.write(x);
  t2.lock(m), t2.unlock(m);
  t1.lock(m);
  t1.write(x);
  t1.unlock(m);
  EXPECT_TRUE(races.empty());
}

TEST_F(LockMemory, WithoutOneItIsARace) {
  t1.lock(m), t1.unlock(m);
  t2.lock(m), t2.unlock(m);
  t2.write(x);
  t1.lock(m);
  t1.write(x);
  t1.unlock(m);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(LockMemory, ReadersReleaseToWritersOnly) {
  t1.lockShared(m), t1.write(x), t1.unlockShared(m);
  t2.lockShared(m), t2.write(x), t2.unlockShared(m);
  EXPECT_EQ(races.size(), 1u);
  t1.lockShared(m), t1.write(y), t1.unlockShared(m);
  t2.lock(m), t2.write(y), t2.unlock(m);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(LockMemory, InnerLocksAreToldInOrder) {
  for (size_t i = 0; i < 3; ++i) {
    t1.lock(m), t1.lock(n);
    t1.write(line(10 + i));
    t1.unlock(n);
    t1.write(line(20 + i));
    t1.unlock(m);
    t2.write(line(10 + i)), t2.write(line(20 + i));
    ASSERT_EQ(races.size(), 2 * i + 2);
    const HeldLock* both = earlierLocks(*detector, races[2 * i], 2);
    ASSERT_NE(both, nullptr);
    EXPECT_EQ(both[0].lock, m);
    EXPECT_EQ(both[1].lock, n);
    const HeldLock* outer = earlierLocks(*detector, races[2 * i + 1], 1);
    ASSERT_NE(outer, nullptr);
    EXPECT_EQ(outer[0].lock, m);
  }
}

TEST_F(LockMemory, AnInversionIsFoundAmongMorePairsThanAreRemembered) {
  constexpr size_t kLocks = 150;
  const auto lockAt = [&](size_t i) { return space.base() + (1 << 16) + 64 * i; };
  for (size_t from = 0; from < kLocks; ++from)
    for (size_t to = from + 1; to < kLocks; ++to) {
      t1.lock(lockAt(from)), t1.lock(lockAt(to));
      t1.unlock(lockAt(to)), t1.unlock(lockAt(from));
    }
  EXPECT_TRUE(misuses.empty());
  t2.lock(lockAt(3)), t2.lock(lockAt(2));
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockMemory, ExpectingALockChangesNothing) {
  detector->expectLock(m);
  detector->expectLock(1);
  EXPECT_EQ(detector->lockHolder(main.state[0], m).thread, nullptr);
  t1.lock(m);
  detector->expectLock(m);
  EXPECT_EQ(detector->lockHolder(main.state[0], m).thread, t1.state->record);
}

}  // namespace
}  // namespace snag
