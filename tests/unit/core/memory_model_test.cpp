// The table of the memory model, line by line: C++20 [atomics.order], [atomics.fences], [intro.races].
#include "detector_fixture.h"

namespace snag {
namespace {

class MemoryModel : public DetectorTest {
 protected:
  // t1 publishes x through `publish`; t2 looks with `look`, then reads x.
  template <typename Publish, typename Look>
  bool orders(Publish publish, Look look) {
    races.clear();
    t1.write(x);
    publish();
    look();
    t2.read(x);
    const bool ordered = races.empty();
    x += 64 * 16;  // fresh places for the next question
    a += 64 * 16;
    return ordered;
  }
};

TEST_F(MemoryModel, AcquireLoadOfReleaseStoreOrders) {
  EXPECT_TRUE(orders([&] { t1.store(a, kRelease); }, [&] { t2.load(a, kAcquire); }));
  EXPECT_TRUE(orders([&] { t1.store(a, kSeqCst); }, [&] { t2.load(a, kSeqCst); }));
  EXPECT_TRUE(orders([&] { t1.store(a, kRelease); }, [&] { t2.load(a, MemoryOrder::Consume); }));
}

TEST_F(MemoryModel, RelaxedStoreReleasesNothing) {
  EXPECT_FALSE(orders([&] { t1.store(a, kRelaxed); }, [&] { t2.load(a, kAcquire); }));
}

TEST_F(MemoryModel, RelaxedLoadAcquiresNothing) {
  EXPECT_FALSE(orders([&] { t1.store(a, kRelease); }, [&] { t2.load(a, kRelaxed); }));
}

TEST_F(MemoryModel, AnotherLocationOrdersNothing) {
  EXPECT_FALSE(orders([&] { t1.store(a, kRelease); }, [&] { t2.load(a + 8, kAcquire); }));
  EXPECT_FALSE(orders([&] { t1.store(a, kRelease); }, [&] { t2.load(a + 4, kAcquire); }));
}

TEST_F(MemoryModel, ReadModifyWriteAcquiresAndReleases) {
  EXPECT_TRUE(orders([&] { t1.rmw(a, kRelease); }, [&] { t2.rmw(a, kAcquire); }));
  EXPECT_TRUE(orders([&] { t1.rmw(a, kAcqRel); }, [&] { t2.rmw(a, kAcqRel); }));
  EXPECT_FALSE(orders([&] { t1.rmw(a, kAcquire); }, [&] { t2.rmw(a, kAcqRel); }));
  EXPECT_FALSE(orders([&] { t1.rmw(a, kRelease); }, [&] { t2.rmw(a, kRelease); }));
}

TEST_F(MemoryModel, ReadModifyWriteContinuesTheReleaseSequence) {
  EXPECT_TRUE(orders([&] { t1.store(a, kRelease), t3.rmw(a, kRelaxed); }, [&] { t2.load(a, kAcquire); }));
  EXPECT_TRUE(orders([&] { t1.store(a, kRelease), t3.rmw(a, kRelease); }, [&] { t2.load(a, kAcquire); }));
}

TEST_F(MemoryModel, PlainAtomicStoreEndsTheReleaseSequence) {
  EXPECT_FALSE(orders([&] { t1.store(a, kRelease), t3.store(a, kRelaxed); }, [&] { t2.load(a, kAcquire); }));
  EXPECT_FALSE(orders([&] { t1.store(a, kRelease), t3.store(a, kRelease); }, [&] { t2.load(a, kAcquire); }));
}

TEST_F(MemoryModel, OwnRelaxedStoreEndsTheReleaseSequenceToo) {
  EXPECT_FALSE(orders([&] { t1.store(a, kRelease), t1.store(a, kRelaxed); }, [&] { t2.load(a, kAcquire); }));
}

TEST_F(MemoryModel, FailedCompareExchangeIsALoadWithTheFailureOrder) {
  EXPECT_TRUE(orders([&] { t1.store(a, kRelease); }, [&] { t2.failedCas(a, kAcquire); }));
  EXPECT_FALSE(orders([&] { t1.store(a, kRelease); }, [&] { t2.failedCas(a, kRelaxed); }));
  EXPECT_FALSE(orders([&] { t1.failedCas(a, kSeqCst); }, [&] { t2.load(a, kAcquire); }));
  EXPECT_TRUE(orders([&] { t1.store(a, kRelease), t3.failedCas(a, kRelaxed); }, [&] { t2.load(a, kAcquire); }));
}

TEST_F(MemoryModel, AcquireFenceTurnsEarlierRelaxedLoadsIntoAcquires) {
  EXPECT_TRUE(orders([&] { t1.store(a, kRelease); }, [&] { t2.load(a, kRelaxed), t2.fence(kAcquire); }));
  EXPECT_FALSE(orders([&] { t1.store(a, kRelease); }, [&] { t2.fence(kAcquire), t2.load(a, kRelaxed); }));
  EXPECT_FALSE(orders([&] { t1.store(a, kRelease); }, [&] { t2.load(a, kRelaxed), t2.fence(kRelease); }));
}

TEST_F(MemoryModel, AcquireFenceCountsRelaxedReadModifyWrites) {
  EXPECT_TRUE(orders([&] { t1.store(a, kRelease); }, [&] { t2.rmw(a, kRelaxed), t2.fence(kAcquire); }));
}

TEST_F(MemoryModel, ReleaseFenceTurnsLaterRelaxedStoresIntoReleases) {
  EXPECT_TRUE(orders([&] { t1.fence(kRelease), t1.store(a, kRelaxed); }, [&] { t2.load(a, kAcquire); }));
  EXPECT_TRUE(orders([&] { t1.fence(kRelease), t1.rmw(a, kRelaxed); }, [&] { t2.load(a, kAcquire); }));
  EXPECT_FALSE(orders([&] { t1.store(a, kRelaxed), t1.fence(kRelease); }, [&] { t2.load(a, kAcquire); }));
}

TEST_F(MemoryModel, AcquireFenceReleasesNothing) {
  EXPECT_FALSE(orders([&] { t1.fence(kAcquire), t1.store(b, kRelaxed); }, [&] { t2.load(b, kAcquire); }));
}

TEST_F(MemoryModel, FenceToFenceOrders) {
  for (const MemoryOrder order : {kAcqRel, kSeqCst})
    EXPECT_TRUE(
        orders([&] { t1.fence(order), t1.store(a, kRelaxed); }, [&] { t2.load(a, kRelaxed), t2.fence(order); }));
}

TEST_F(MemoryModel, ReleaseFenceDoesNotCoverWhatFollowsIt) {
  t1.fence(kRelease);
  t1.write(x);
  t1.store(a, kRelaxed);
  t2.load(a, kAcquire);
  t2.read(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(MemoryModel, FencesWithoutAnAtomicOrderNothing) {
  t1.write(x);
  t1.fence(kSeqCst);
  t2.fence(kSeqCst);
  t2.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(MemoryModel, OrderIsTransitiveThroughAThirdThread) {
  t1.write(x);
  t1.store(a, kRelease);
  t2.load(a, kAcquire);
  t2.store(b, kRelease);
  t3.load(b, kAcquire);
  t3.write(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(MemoryModel, WhatFollowsAReleaseStoreIsNotReleased) {
  t1.store(a, kRelease);
  t1.write(x);
  t2.load(a, kAcquire);
  t2.read(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(MemoryModel, AtomicsDoNotRaceWithEachOther) {
  for (TestThread* t : {&t1, &t2, &t3}) {
    t->store(a, kRelaxed);
    t->load(a, kRelaxed);
    t->rmw(a, kRelaxed);
  }
  EXPECT_TRUE(races.empty());
}

TEST_F(MemoryModel, PlainWriteRacesWithAtomicAccesses) {
  t1.store(a, kRelaxed);
  t2.load(a, kRelaxed);
  t3.write(a);
  ASSERT_EQ(races.size(), 2u);
  EXPECT_TRUE(races[0].earlier.isAtomic);
  EXPECT_TRUE(races[1].earlier.isAtomic);
}

TEST_F(MemoryModel, PlainReadRacesWithAtomicWritesOnly) {
  t1.load(a, kRelaxed);
  t2.read(a);
  EXPECT_TRUE(races.empty());
  t1.rmw(b, kRelaxed);
  t2.read(b);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(MemoryModel, AtomicAccessRacesWithAPlainWrite) {
  t1.write(a);
  t2.load(a, kSeqCst);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_FALSE(races[0].earlier.isAtomic);
  EXPECT_EQ(races[0].kind & SNAG_SITE_ATOMIC, SNAG_SITE_ATOMIC);
}

TEST_F(MemoryModel, AtomicAccessIsOrderedAfterWhatItAcquires) {
  t1.write(a + 4);
  t1.write(x);
  t1.store(a, kRelease);
  t2.load(a, kAcquire);
  t2.write(a + 4);
  t2.write(a);
  EXPECT_TRUE(races.empty());
}

TEST_F(MemoryModel, ConcurrentAtomicWritersAreAllRemembered) {
  t1.store(a, kRelaxed);
  t2.store(a, kRelaxed);
  t3.rmw(a, kRelaxed);
  main.write(a);
  EXPECT_EQ(races.size(), 3u);
}

TEST_F(MemoryModel, PlainWriteStandsForTheAtomicAccessesBeforeIt) {
  t1.store(a, kRelease);
  t2.load(a, kAcquire);
  t2.write(a);
  EXPECT_TRUE(races.empty());
  t3.write(a);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(earlierThreads[0], t2.number);
}

TEST_F(MemoryModel, SixteenByteAtomicsPublish) {
  t1.write(x);
  t1.store(a, kRelease, 16);
  t2.load(a, kAcquire, 16);
  t2.read(x);
  EXPECT_TRUE(races.empty());
  t3.write(a + 12);
  EXPECT_EQ(races.size(), 2u) << "with the store and the load";
}

TEST_F(MemoryModel, AtomicPublishesToItsByteNeighboursReadersOnlyIfTheyOverlap) {
  EXPECT_TRUE(orders([&] { t1.store(a, kRelease, 8); }, [&] { t2.load(a + 4, kAcquire, 4); }));
  EXPECT_FALSE(orders([&] { t1.store(a, kRelease, 2); }, [&] { t2.load(a + 2, kAcquire, 2); }));
}

}  // namespace
}  // namespace snag
