// The rules for plain accesses: what conflicts, what orders, what is remembered.
#include "detector_fixture.h"

namespace snag {
namespace {

using RaceRules = DetectorTest;

TEST_F(RaceRules, TwoUnorderedWritesRace) {
  t1.write(x);
  t2.write(x);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].thread, t2.state);
  EXPECT_EQ(earlierThreads[0], t1.number);
  EXPECT_TRUE(races[0].earlier.isWrite);
  EXPECT_FALSE(races[0].earlier.isAtomic);
  EXPECT_EQ(races[0].racingAddress, x);
  EXPECT_EQ(races[0].racingSize, 4u);
  EXPECT_EQ(races[0].address, x);
  EXPECT_EQ(races[0].size, 4u);
  EXPECT_EQ(races[0].kind & SNAG_SITE_WRITE, SNAG_SITE_WRITE);
}

TEST_F(RaceRules, WritesUnderOneLockDoNotRace) {
  for (TestThread* t : {&t1, &t2, &t3, &t1}) {
    t->lock(m);
    t->write(x);
    t->unlock(m);
  }
  EXPECT_TRUE(races.empty());
}

TEST_F(RaceRules, WritesUnderDifferentLocksRace) {
  t1.lock(m);
  t1.write(x);
  t1.unlock(m);
  t2.lock(n);
  t2.write(x);
  t2.unlock(n);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RaceRules, ReadAfterUnorderedWriteRaces) {
  t1.write(x);
  t2.read(x);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].kind & SNAG_SITE_WRITE, 0);
}

TEST_F(RaceRules, WriteAfterUnorderedReadRaces) {
  t1.read(x);
  t2.write(x);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_FALSE(races[0].earlier.isWrite);
}

TEST_F(RaceRules, ReadsDoNotRace) {
  t1.read(x);
  t2.read(x);
  t3.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(RaceRules, ReadModifyWriteIsAWrite) {
  t1.increment(x);
  t2.increment(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RaceRules, ThreadNeverRacesWithItself) {
  t1.write(x);
  t1.read(x);
  t1.release(m);
  t1.write(x);
  t1.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(RaceRules, EveryUnorderedReaderRacesWithALaterWriter) {
  t1.read(x);
  t2.read(x);
  t3.read(x);
  main.write(x);
  EXPECT_EQ(races.size(), 3u);
}

TEST_F(RaceRules, OrderedReaderIsReplacedByALaterReader) {
  t1.read(x);
  t1.release(m);
  t2.acquire(m);
  t2.read(x);
  main.write(x);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(earlierThreads[0], t2.number);
}

TEST_F(RaceRules, WriteReplacesOrderedReadersAndWriters) {
  t1.write(x);
  t1.release(m);
  t2.acquire(m);
  t2.read(x);
  t2.write(x);
  main.write(x);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(earlierThreads[0], t2.number);
}

TEST_F(RaceRules, RacingAccessStaysRemembered) {
  t1.write(x);
  t2.write(x);
  t3.write(x);
  EXPECT_EQ(races.size(), 3u) << "t2 with t1, t3 with both";
}

TEST_F(RaceRules, RepeatedAccessInOneSegmentIsOneRace) {
  t1.write(x);
  for (int i = 0; i < 5; ++i) t2.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RaceRules, AccessAfterAReleaseIsNotCoveredByIt) {
  t1.write(x);
  t1.release(m);
  t1.write(x);
  t2.acquire(m);
  t2.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RaceRules, AccessBeforeAReleaseStaysOrderedAfterMoreReleases) {
  t1.write(x);
  for (int i = 0; i < 10; ++i) t1.release(m);
  t2.acquire(m);
  t2.write(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(RaceRules, ReleasesOfSeveralThreadsAccumulate) {
  t1.write(x);
  t2.write(y);
  t1.release(m);
  t2.release(m);
  t3.acquire(m);
  t3.write(x);
  t3.write(y);
  EXPECT_TRUE(races.empty());
}

TEST_F(RaceRules, ReadersOfALockDoNotOrderEachOther) {
  t1.lockShared(m);
  t1.write(x);
  t1.unlockShared(m);
  t2.lockShared(m);
  t2.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RaceRules, ReadersOfALockAreOrderedBeforeItsWriter) {
  t1.lockShared(m);
  t1.read(x);
  t1.unlockShared(m);
  t2.lock(m);
  t2.write(x);
  t2.unlock(m);
  t3.lockShared(m);
  t3.read(x);
  t3.unlockShared(m);
  EXPECT_TRUE(races.empty());
}

TEST_F(RaceRules, DestroyedLockOrdersNothing) {
  t1.lock(m);
  t1.write(x);
  t1.unlock(m);
  detector->lockDestroyed(*t3.state, m);
  t2.lock(m);
  t2.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RaceRules, LockMayShareAWordWithData) {
  t1.lock(x + 4);
  t1.write(x);
  t1.unlock(x + 4);
  t2.lock(x + 4);
  t2.write(x);
  t2.unlock(x + 4);
  EXPECT_TRUE(races.empty());
  t3.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RaceRules, TwoLocksInOneWordAreTwoLocks) {
  t1.lock(m);
  t1.write(x);
  t1.unlock(m);
  t2.lock(m + 4);
  t2.write(x);
  t2.unlock(m + 4);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RaceRules, AccessAcrossWordsIsCheckedInEachOfThem) {
  t1.write(x + 8, 1);
  t2.write(x + 6, 4);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].racingAddress, x + 8);
  EXPECT_EQ(races[0].racingSize, 1u);
  EXPECT_EQ(races[0].address, x + 6);
}

TEST_F(RaceRules, RangeRacesOncePerWord) {
  t1.write(x, 64);
  t2.read(x, 64);
  EXPECT_EQ(races.size(), 8u);
}

TEST_F(RaceRules, IgnoredAccessesAreNeitherCheckedNorRemembered) {
  t1.write(x);
  t2.state->ignoreAccesses();
  t2.write(x);
  t2.write(y);
  t2.load(x, kRelaxed);
  t2.free(x, 8);
  t2.allocate(n, 8);
  t2.state->stopIgnoring();
  t3.write(y);
  t3.write(n);
  EXPECT_TRUE(races.empty());
}

TEST_F(RaceRules, MemoryWithoutShadowIsNotChecked) {
  const uintptr_t outside = space.base() - 64;
  t1.write(outside);
  t2.write(outside);
  EXPECT_TRUE(races.empty());
}

}  // namespace
}  // namespace snag
