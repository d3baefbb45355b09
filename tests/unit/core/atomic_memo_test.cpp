// Atomic operations that a thread does again take no lock, and nothing is lost by it.
#include "detector_fixture.h"

#include "core/atomic_memo.h"

#include <atomic>
#include <thread>

namespace snag {
namespace {

class RepeatedAtomics : public DetectorTest {
 protected:
  // Whether a thread's second such operation takes no lock.
  bool isKnown(TestThread& thread) const { return thread.lastWasKnown; }
  void loadTwice(TestThread& thread, MemoryOrder order) { thread.load(a, order), thread.load(a, order); }
  void rmwTwice(TestThread& thread, MemoryOrder order) { thread.rmw(a, order), thread.rmw(a, order); }
};

TEST_F(RepeatedAtomics, NeedNoLockIfTheyReleaseNothing) {
  for (const MemoryOrder order : {kRelaxed, kAcquire, kSeqCst}) {
    a += 8;
    t1.load(a, order);
    EXPECT_FALSE(isKnown(t1));
    t1.load(a, order);
    EXPECT_TRUE(isKnown(t1)) << raw(order);
  }
  for (const MemoryOrder order : {kRelaxed, kAcquire}) {
    a += 8;
    rmwTwice(t1, order);
    EXPECT_TRUE(isKnown(t1)) << raw(order);
  }
  for (const MemoryOrder order : {kRelease, kAcqRel, kSeqCst}) {
    a += 8;
    rmwTwice(t1, order);
    EXPECT_FALSE(isKnown(t1)) << raw(order);
  }
  a += 8;
  t1.store(a, kRelaxed), t1.store(a, kRelaxed);
  EXPECT_FALSE(isKnown(t1));
}

TEST_F(RepeatedAtomics, AStrongerOperationIsNotKnown) {
  loadTwice(t1, kRelaxed);
  t1.load(a, kAcquire);
  EXPECT_FALSE(isKnown(t1));
  t1.rmw(a, kRelaxed);
  EXPECT_FALSE(isKnown(t1)) << "it was no writer";
  t1.load(a, kRelaxed);
  EXPECT_TRUE(isKnown(t1)) << "an acquire load was done";
  t1.rmw(a, kAcquire);
  EXPECT_TRUE(isKnown(t1)) << "both parts were done";
}

TEST_F(RepeatedAtomics, AWriterIsNoReaderYet) {
  rmwTwice(t1, kAcquire);
  t1.load(a, kAcquire);
  EXPECT_FALSE(isKnown(t1));
}

TEST_F(RepeatedAtomics, OtherSizesAndPlacesAreOthers) {
  loadTwice(t1, kAcquire);
  t1.load(a + 4, kAcquire);
  EXPECT_FALSE(isKnown(t1));
  t1.load(a, kAcquire, 2);
  EXPECT_FALSE(isKnown(t1));
}

TEST_F(RepeatedAtomics, PlainWriteAfterARepeatedLoadRaces) {
  loadTwice(t1, kAcquire);
  t2.write(a);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_TRUE(races[0].earlier.isAtomic);
  EXPECT_FALSE(races[0].earlier.isWrite);
}

TEST_F(RepeatedAtomics, PlainReadAfterARepeatedReadModifyWriteRaces) {
  rmwTwice(t1, kRelaxed);
  t2.read(a);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_TRUE(races[0].earlier.isWrite);
}

TEST_F(RepeatedAtomics, PlainReadAfterARepeatedLoadIsFine) {
  loadTwice(t1, kAcquire);
  t2.read(a);
  EXPECT_TRUE(races.empty());
  t1.load(a, kAcquire);
  EXPECT_TRUE(races.empty());
}

TEST_F(RepeatedAtomics, RaceWithAPlainAccessInBetween) {
  loadTwice(t1, kAcquire);
  t2.write(a);
  races.clear();
  t1.load(a, kAcquire);
  EXPECT_FALSE(isKnown(t1));
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RepeatedAtomics, ReadModifyWriteRacesWithAPlainReadInBetween) {
  rmwTwice(t1, kRelaxed);
  t2.read(a);
  races.clear();
  t1.rmw(a, kRelaxed);
  EXPECT_FALSE(isKnown(t1));
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RepeatedAtomics, LearnWhatAStoreInBetweenShows) {
  loadTwice(t1, kAcquire);
  rmwTwice(t3, kAcquire);
  t2.write(x);
  t2.store(a, kRelease);
  t1.load(a, kAcquire);
  EXPECT_FALSE(isKnown(t1));
  t3.rmw(a, kAcquire);
  t1.read(x);
  t3.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(RepeatedAtomics, DoNotLearnFromABrokenReleaseSequence) {
  loadTwice(t1, kAcquire);
  t2.write(x);
  t2.store(a, kRelease);
  t3.store(a, kRelaxed);  // the location says again what it said at first
  loadTwice(t1, kAcquire);
  EXPECT_TRUE(isKnown(t1));
  t1.read(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RepeatedAtomics, ContinueAReleaseSequence) {
  t2.write(x);
  t2.store(a, kRelease);
  rmwTwice(t1, kRelaxed);
  EXPECT_TRUE(isKnown(t1));
  t3.load(a, kAcquire);
  t3.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(RepeatedAtomics, AcquireFenceLearnsWhatRepeatedRelaxedOnesHaveRead) {
  t2.write(x);
  t2.store(a, kRelease);
  loadTwice(t1, kRelaxed);
  rmwTwice(t3, kRelaxed);
  EXPECT_TRUE(isKnown(t1) && isKnown(t3));
  t1.fence(kAcquire);
  t3.fence(kAcquire);
  t1.read(x);
  t3.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(RepeatedAtomics, RelaxedLoadsLearnNothingWithoutAFence) {
  t2.write(x);
  t2.store(a, kRelease);
  loadTwice(t1, kRelaxed);
  t1.read(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RepeatedAtomics, AReleaseFenceIsShownByTheNextReadModifyWrite) {
  rmwTwice(t1, kRelaxed);
  t1.write(x);
  t1.fence(kRelease);
  t1.rmw(a, kRelaxed);
  EXPECT_FALSE(isKnown(t1));
  t2.load(a, kAcquire);
  t2.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(RepeatedAtomics, ANewEpochIsRemembered) {
  loadTwice(t1, kAcquire);
  t1.store(b, kRelease);
  t1.load(a, kAcquire);
  EXPECT_FALSE(isKnown(t1));
  t2.load(b, kAcquire);  // knows of the loads before the store, not of the one after it
  t2.write(a);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RepeatedAtomics, LoadsBeforeTheReleaseAreOrdered) {
  loadTwice(t1, kAcquire);
  t1.store(b, kRelease);
  t2.load(b, kAcquire);
  t2.write(a);
  EXPECT_TRUE(races.empty());
}

TEST_F(RepeatedAtomics, MemoryThatIsUsedAgainStartsAnew) {
  t1.allocate(a, 8);
  loadTwice(t1, kAcquire);
  rmwTwice(t1, kRelaxed);
  t1.free(a, 8);
  t1.allocate(a, 8);
  t1.load(a, kAcquire);
  EXPECT_FALSE(isKnown(t1));
  t1.rmw(a, kRelaxed);
  EXPECT_FALSE(isKnown(t1));
  t2.write(a);
  EXPECT_EQ(races.size(), 3u) << "with the allocation, the load and the read-modify-write";
}

TEST_F(RepeatedAtomics, ForgottenMemoryStartsAnew) {
  loadTwice(t1, kAcquire);
  detector->forgetRange(a, 8);
  t1.load(a, kAcquire);
  EXPECT_FALSE(isKnown(t1));
  t2.write(a);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RepeatedAtomics, AnotherSizeInTheSameWordEndsIt) {
  rmwTwice(t1, kRelaxed);
  t2.write(x);
  t2.store(a, kRelease, 8);
  t1.rmw(a, kAcquire);
  EXPECT_FALSE(isKnown(t1));
  t1.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(RepeatedAtomics, IgnoredOnesAreNotRemembered) {
  t1.state->ignoreAccesses();
  loadTwice(t1, kAcquire);
  EXPECT_FALSE(isKnown(t1));
  t1.state->stopIgnoring();
  t1.load(a, kAcquire);
  EXPECT_FALSE(isKnown(t1));
  t2.write(a);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(RepeatedAtomics, AFailedExchangeIsAnotherOperation) {
  rmwTwice(t1, kAcquire);
  detector->atomicEnter(*t1.state, t1.here(), a, 4, AtomicOperation::Rmw, kAcquire);
  EXPECT_TRUE(t1.state->isInKnownAtomic);
  detector->atomicLeave(*t1.state, a, 4, AtomicOperation::Load, kRelaxed);
  t2.write(a);
  EXPECT_EQ(races.size(), 2u) << "with a read and a write";
}

// A store comes while a read-modify-write is done without the lock: nobody can tell which of them was first.
class ReadModifyWriteInFlight : public RepeatedAtomics {
 protected:
  template <typename Meanwhile>
  void during(MemoryOrder order, Meanwhile meanwhile) {
    rmwTwice(t1, order);
    detector->atomicEnter(*t1.state, t1.here(), a, 4, AtomicOperation::Rmw, order);
    EXPECT_TRUE(t1.state->isInKnownAtomic);
    meanwhile();
    detector->atomicLeave(*t1.state, a, 4, AtomicOperation::Rmw, order);
  }
};

TEST_F(ReadModifyWriteInFlight, MayHaveReadWhatWasStored) {
  t2.write(x);
  during(kAcquire, [&] { t2.store(a, kRelease); });
  t1.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(ReadModifyWriteInFlight, MayHaveReadWhatIsOverwritten) {
  t2.write(x);
  during(kAcquire, [&] { t2.store(a, kRelease), t3.store(a, kRelaxed); });
  t1.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(ReadModifyWriteInFlight, MayHaveReadForALaterFence) {
  t2.write(x);
  during(kRelaxed, [&] { t2.store(a, kRelease), t3.store(a, kRelaxed); });
  t1.fence(kAcquire);
  t1.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(ReadModifyWriteInFlight, LearnsNoMoreThanThat) {
  t2.store(a, kRelease);
  t2.write(x);
  during(kAcquire, [&] { t3.store(a, kRelaxed); });
  t1.read(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(ReadModifyWriteInFlight, RacesWithAPlainAccess) {
  during(kRelaxed, [&] { t2.write(a); });
  EXPECT_EQ(races.size(), 2u) << "either finds the other";
}

TEST_F(ReadModifyWriteInFlight, ShowsItsReleaseFenceAfterAStore) {
  t1.write(x);
  t1.fence(kRelease);
  during(kRelaxed, [&] { t3.store(a, kRelaxed); });
  t2.load(a, kAcquire);
  t2.read(x);
  EXPECT_TRUE(races.empty());
}

// One publishes; the others look, with loads and read-modify-writes that mostly tell them nothing new.
TEST_F(RepeatedAtomics, OfRealThreadsOrder) {
  constexpr uint32_t kRounds = 3'000;
  std::atomic<uint32_t> round{0};
  const auto publish = [&] {
    for (uint32_t i = 1; i <= kRounds; ++i) {
      t1.write(x + 8 * i, 8);
      detector->atomicEnter(*t1.state, t1.here(), a, 4, AtomicOperation::Store, kRelease);
      round.store(i);
      detector->atomicLeave(*t1.state, a, 4, AtomicOperation::Store, kRelease);
      if (i % 16 == 0) std::this_thread::yield();
    }
  };
  const auto load = [&]() -> uint32_t {
    if (detector->isKnownLoad(*t2.state, a, 4, kAcquire)) {
      const uint32_t value = round.load();
      if (t2.state->knownAtomic.holds()) return value;
    }
    detector->atomicEnter(*t2.state, t2.here(), a, 4);
    const uint32_t value = round.load();
    detector->atomicLeave(*t2.state, a, 4, AtomicOperation::Load, kAcquire);
    return value;
  };
  const auto modify = [&]() -> uint32_t {
    detector->atomicEnter(*t3.state, t3.here(), a, 4, AtomicOperation::Rmw, kAcquire);
    const uint32_t value = round.fetch_or(0);
    detector->atomicLeave(*t3.state, a, 4, AtomicOperation::Rmw, kAcquire);
    return value;
  };
  const auto look = [&](TestThread& self, auto operation) {
    for (uint32_t next = 1; next <= kRounds;)
      for (const uint32_t last = operation(); next <= last; ++next) self.read(x + 8 * next, 8);
  };
  x = line(100);
  std::thread first(publish), second([&] { look(t2, load); }), third([&] { look(t3, modify); });
  first.join();
  second.join();
  third.join();
  EXPECT_TRUE(races.empty());
}

}  // namespace
}  // namespace snag
