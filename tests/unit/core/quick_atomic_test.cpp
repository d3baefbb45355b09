// Atomic operations in front of the detector: what they tell and remember is what the detector's would, and what they
// do not see to is left to it.
#include "core/quick_atomic.h"

#include <thread>

#include "detector_fixture.h"

namespace snag {
namespace {

class QuickAtomicTest : public DetectorTest {
 protected:
  struct Done {
    bool isEntered, isLeft;  // in front of the detector
    friend bool operator==(Done, Done) = default;
  };
  static constexpr Done kInFront{true, true}, kByDetector{false, false}, kLeftToDetector{true, false};

  QuickAtomic quick(TestThread& thread, uintptr_t address, size_t size = 4) {
    return {detector->impl(), *thread.state, address, size};
  }
  // As the hooks do.
  template <AtomicOperation operation>
  Done operate(TestThread& thread, uintptr_t address, MemoryOrder order, size_t size = 4) {
    const QuickAtomic it = quick(thread, address, size);
    const Done done{it.enter(place_), it.leave<operation>(order)};
    if (!done.isEntered) detector->atomicEnter(*thread.state, place_, address, size);
    if (!done.isLeft) detector->atomicLeave(*thread.state, address, size, operation, order);
    return done;
  }
  Done load(TestThread& thread, uintptr_t address, MemoryOrder order, size_t size = 4) {
    return operate<AtomicOperation::Load>(thread, address, order, size);
  }
  Done store(TestThread& thread, uintptr_t address, MemoryOrder order, size_t size = 4) {
    return operate<AtomicOperation::Store>(thread, address, order, size);
  }
  Done rmw(TestThread& thread, uintptr_t address, MemoryOrder order, size_t size = 4) {
    return operate<AtomicOperation::Rmw>(thread, address, order, size);
  }
  // Places that the threads know, and the location, of which they know nothing.
  void SetUp() override {
    for (TestThread* thread : {&t1, &t2}) store(*thread, b, kRelaxed);
    store(t3, a, kRelaxed);
  }
  bool isFree(uintptr_t address) { return !detector->impl().wordLocks.of(address).isHeld(); }

  SnagSite site_{};
  Place place_{&site_, 1, 0x1000, 0};
};

TEST_F(QuickAtomicTest, IsForLocationsAndPlacesThatAreKnown) {
  EXPECT_EQ(store(t1, line(9), kRelaxed), kByDetector) << "no atomic lived there";
  EXPECT_EQ(store(t1, line(9), kRelaxed), kInFront);
  const SnagSite elsewhere{};
  EXPECT_FALSE(quick(t1, a).enter({&elsewhere, 1, 0x1000, 0}));
  EXPECT_FALSE(quick(t1, a).enter({&site_, 2, 0x1000, 0})) << "another context";
  EXPECT_EQ(load(t1, a, kRelaxed), kInFront);
}

TEST_F(QuickAtomicTest, OrdersWhatAReleaseAndAnAcquireOrder) {
  t1.write(x);
  EXPECT_EQ(store(t1, a, kRelease), kInFront);
  EXPECT_EQ(load(t2, a, kAcquire), kInFront);
  t2.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(QuickAtomicTest, OrdersNothingIfEitherIsRelaxed) {
  t1.write(x), t1.write(y);
  EXPECT_EQ(store(t1, a, kRelaxed), kInFront);
  EXPECT_EQ(load(t2, a, kAcquire), kInFront);
  t2.read(x);
  EXPECT_EQ(races.size(), 1u);
  EXPECT_EQ(store(t1, a, kRelease), kInFront);
  EXPECT_EQ(load(t2, a, kRelaxed), kInFront);
  t2.read(y);
  EXPECT_EQ(races.size(), 2u);
}

TEST_F(QuickAtomicTest, DoesNotOrderWhatComesAfterTheRelease) {
  t1.write(y);
  EXPECT_EQ(store(t1, a, kRelease), kInFront);
  t1.write(x);
  EXPECT_EQ(load(t2, a, kAcquire), kInFront);
  t2.read(y);
  EXPECT_TRUE(races.empty());
  t2.read(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(QuickAtomicTest, GoesOnWithAReleaseSequence) {
  t1.write(x);
  EXPECT_EQ(store(t1, a, kRelease), kInFront);
  EXPECT_EQ(rmw(t3, a, kRelaxed), kInFront);
  EXPECT_EQ(load(t2, a, kAcquire), kInFront);
  t2.read(x);
  EXPECT_TRUE(races.empty());
  EXPECT_EQ(store(t3, a, kRelaxed), kInFront) << "which ends it";
  t1.write(y);
  EXPECT_EQ(rmw(t1, a, kAcqRel), kInFront);
  EXPECT_EQ(rmw(t2, a, kAcquire), kInFront);
  t2.read(y);
  EXPECT_TRUE(races.empty());
}

TEST_F(QuickAtomicTest, IsRememberedForPlainAccesses) {
  EXPECT_EQ(load(t1, a, kRelaxed), kInFront);
  EXPECT_EQ(store(t1, b, kRelaxed), kInFront);
  t2.write(a), t2.read(b);
  ASSERT_EQ(races.size(), 3u) << "with the store of t3, too";
  for (const Race& race : races) EXPECT_TRUE(race.earlier.isAtomic);
}

TEST_F(QuickAtomicTest, LeavesRacesToTheDetector) {
  t2.write(a);
  ASSERT_EQ(races.size(), 1u) << "with the store of t3";
  EXPECT_EQ(load(t1, a, kAcquire), kLeftToDetector);
  ASSERT_EQ(races.size(), 2u);
  EXPECT_EQ(earlierThreads[1], t2.number);
  EXPECT_TRUE(isFree(a));
}

TEST_F(QuickAtomicTest, LeavesOtherSizesToTheDetector) {
  EXPECT_EQ(load(t1, a, kRelaxed, 8), kLeftToDetector);
  EXPECT_EQ(load(t1, a, kRelaxed, 4), kLeftToDetector) << "another location has these bytes, too";
  EXPECT_EQ(load(t1, a + 6, kRelaxed, 4), kByDetector) << "in two words";
  EXPECT_TRUE(races.empty());
  EXPECT_TRUE(isFree(a));
}

TEST_F(QuickAtomicTest, KnowsTwoLocationsOfAWord) {
  EXPECT_EQ(store(t1, a + 4, kRelaxed), kLeftToDetector) << "which makes it";
  EXPECT_EQ(store(t1, a + 4, kRelaxed), kInFront);
  EXPECT_EQ(store(t1, a, kRelaxed), kInFront);
  EXPECT_TRUE(races.empty());
}

TEST_F(QuickAtomicTest, LeavesWhatIsIgnoredToTheDetector) {
  t1.state->ignoreAccesses();
  EXPECT_EQ(store(t1, a, kRelaxed), kByDetector);
  t1.state->stopIgnoring();
  EXPECT_EQ(store(t1, a, kRelaxed), kInFront);
}

TEST_F(QuickAtomicTest, LeavesAliasesToTheDetector) {
  t1.write(x);
  detector->aliasRange(line(9), 8, a);
  EXPECT_EQ(store(t1, line(9), kRelease), kByDetector);
  EXPECT_EQ(load(t2, a, kAcquire), kByDetector);
  t2.read(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(QuickAtomicTest, StaysOutsideWhileTheGateIsClosed) {
  detector->impl().gateClosed = true;
  EXPECT_FALSE(quick(t1, a).enter(place_));
  EXPECT_EQ(t1.state->activity.load() % 2, 0u);
  EXPECT_EQ(t1.state->depth, 0u);
  EXPECT_TRUE(isFree(a));
  detector->impl().gateClosed = false;
  EXPECT_EQ(load(t1, a, kRelaxed), kInFront);
  EXPECT_EQ(t1.state->activity.load() % 2, 0u);
}

TEST_F(QuickAtomicTest, WaitsForTheLock) {
  WordLock& lock = detector->impl().wordLocks.of(a);
  lock.lock();
  std::atomic<bool> isGivenBack{false};
  std::thread other([&] {
    EXPECT_TRUE(quick(t1, a).enter(place_));
    EXPECT_TRUE(isGivenBack);
    EXPECT_TRUE(quick(t1, a).leave<AtomicOperation::Load>(kRelaxed));
  });
  while (t1.state->activity.load() % 2 == 0) std::this_thread::yield();  // it is about to wait, or waits
  isGivenBack = true;
  lock.unlock();
  other.join();
  EXPECT_TRUE(isFree(a));
}

TEST_F(QuickAtomicTest, IsCounted) {
  const ThreadCounts before = t1.state->counts;
  EXPECT_EQ(load(t1, a, kRelaxed), kInFront);
  EXPECT_EQ(t1.state->counts.checks.get(), before.checks.get() + 1);
  EXPECT_EQ(t1.state->counts.atomics.get(), before.atomics.get() + 1);
}

}  // namespace
}  // namespace snag
