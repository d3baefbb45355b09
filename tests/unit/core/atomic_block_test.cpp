// What stands beside an atomic in its word, and what a location tells those who know its releaser already.
#include "detector_fixture.h"

namespace snag {
namespace {

class AtomicWord : public DetectorTest {};

TEST_F(AtomicWord, EightLocationsAreKeptApart) {
  for (size_t i = 0; i < 8; ++i) t1.load(a + i, kRelaxed, 1);
  for (size_t i = 0; i < 8; ++i) {
    t2.write(a + i, 1);
    ASSERT_EQ(races.size(), i + 1);
    EXPECT_EQ(races[i].racingAddress, a + i);
    EXPECT_EQ(races[i].racingSize, 1u);
  }
}

TEST_F(AtomicWord, EachLocationTellsItsOwn) {
  for (size_t i = 0; i < 8; ++i) {
    t1.write(x + 8 * i, 8);
    t1.store(a + i, kRelease, 1);
  }
  t2.load(a + 5, kAcquire, 1);
  for (size_t i = 0; i <= 5; ++i) t2.read(x + 8 * i, 8);
  EXPECT_TRUE(races.empty());
  t2.read(x + 48, 8);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(AtomicWord, KeepsPlainHistoriesOfOtherBytes) {
  t1.write(a + 4, 1), t2.write(a + 5, 1), t3.write(a + 6, 1), t3.read(a + 7, 1);
  t1.store(a, kRelaxed, 2);
  t2.write(a + 3, 1);
  EXPECT_TRUE(races.empty());
  main.write(a + 4, 4);
  EXPECT_EQ(races.size(), 4u);
  main.write(a + 2, 2);
  EXPECT_EQ(races.size(), 5u);
  main.write(a, 2);
  EXPECT_EQ(races.size(), 6u);
}

TEST_F(AtomicWord, KeepsTheLockThatLivesThere) {
  t1.lock(m), t1.write(x), t1.unlock(m);
  t1.store(m + 4, kRelaxed);
  t2.lock(m), t2.write(x), t2.unlock(m);
  EXPECT_TRUE(races.empty());
  t2.store(n + 4, kRelaxed);
  t2.lock(n), t2.write(y), t2.unlock(n);
  t1.lock(n), t1.write(y), t1.unlock(n);
  EXPECT_TRUE(races.empty());
}

TEST_F(AtomicWord, ForgetsAllWithItsMemory) {
  t1.allocate(a, 64);
  t1.write(a + 2, 1), t1.read(a + 3, 1);
  for (size_t i = 4; i < 8; ++i) t1.rmw(a + i, kAcqRel, 1);
  t1.write(x), t1.store(a, kRelease, 2);
  t1.free(a, 64);
  detector->forgetRange(a, 64);
  t2.load(a, kAcquire, 2);
  t2.write(a + 4, 4), t2.write(a + 2, 2);
  EXPECT_TRUE(races.empty());
  t2.read(x);
  EXPECT_EQ(races.size(), 1u) << "the release sequence has ended with its location";
}

TEST_F(AtomicWord, RemembersAsManyThreadsAsThereAre) {
  std::vector<TestThread*> threads;
  for (int i = 0; i < 9; ++i) threads.push_back(&newThread(main));
  for (TestThread* each : threads) each->rmw(a, kRelaxed), each->load(a, kRelaxed);
  main.write(a);
  EXPECT_EQ(races.size(), 18u);
}

// --- who knows the releaser's epoch knows what it has released ------------------------------------------

using KnownRelease = AtomicWord;

TEST_F(KnownRelease, ALaterOneIsLearned) {
  for (const MemoryOrder order : {kRelaxed, kAcquire}) {
    t1.rmw(a, kSeqCst);
    t2.load(a, kAcquire);
    t1.write(x);
    t1.rmw(a, kSeqCst);
    t2.load(a, order);
    if (order == kRelaxed) t2.fence(kAcquire);
    t2.write(x);
    EXPECT_TRUE(races.empty()) << raw(order);
    t2.rmw(b, kSeqCst), t1.rmw(b, kSeqCst);
  }
}

TEST_F(KnownRelease, WhatOnlyARelaxedLoadHasSeenIsLearnedByAnAcquire) {
  t1.write(x), t1.store(a, kRelease);
  t2.load(a, kRelaxed);
  t2.load(a, kAcquire);
  t2.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(KnownRelease, ItsThreadsRelaxedOperationsTellNoMore) {
  t1.write(x), t1.rmw(a, kAcqRel);
  t1.write(y), t1.rmw(a, kRelaxed);
  t2.load(a, kAcquire);
  t2.read(x);
  EXPECT_TRUE(races.empty());
  t2.read(y);
  EXPECT_EQ(races.size(), 1u);
}

// The last of several releasers does not know what those before it have released.
TEST_F(KnownRelease, ContinuingASequenceWithoutAcquiringStandsForNobodyElse) {
  t1.write(x), t1.rmw(a, kRelease);
  t2.rmw(a, kRelease), t2.release(m);
  t3.acquire(m);
  t3.load(a, kAcquire);
  t3.write(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(KnownRelease, AnAcquiringOneDoes) {
  t1.write(x), t1.rmw(a, kRelease);
  t2.rmw(a, kAcqRel), t2.release(m);
  t3.acquire(m);
  t3.load(a, kAcquire);
  t3.write(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(KnownRelease, IsForgottenWhenAPlainWriteErasesItsAccess) {
  t1.write(x), t1.store(a, kRelease);
  t2.load(a, kAcquire), t2.write(a);
  t2.rmw(b, kRelease), t3.load(b, kAcquire);
  t3.rmw(a, kRelaxed), t3.load(a, kAcquire);
  t3.write(x);
  EXPECT_TRUE(races.empty());
}

// Two hold this lock at once, as two may hold one of a file. What t1 learns while nobody has heard of its first release
// belongs to a new epoch: else t3, who knows the epoch from the lock, would not learn it from the atomic.
TEST_F(KnownRelease, AReleaseThatIsTakenBackIsNotMixedWithWhatWasLearnedSince) {
  t2.write(x), t2.release(n);
  t1.lock(m), t1.write(y), t1.unlock(m);
  t1.acquire(n);
  t1.lock(m);
  t1.rmw(a, kAcqRel);
  t3.tryLock(m);
  t3.load(a, kAcquire);
  t3.write(x);
  EXPECT_TRUE(races.empty());
}

}  // namespace
}  // namespace snag
