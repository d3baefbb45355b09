// Cycles in the order in which threads take locks: which are reported, and which can never become a deadlock.
#include "detector_fixture.h"

namespace snag {
namespace {

class LockOrderTest : public DetectorTest {
 protected:
  static void takeBoth(TestThread& thread, uintptr_t first, uintptr_t second) {
    thread.lock(first);
    thread.lock(second);
    thread.unlock(second);
    thread.unlock(first);
  }
  static void guarded(TestThread& thread, uintptr_t gate, uintptr_t first, uintptr_t second) {
    thread.lock(gate);
    takeBoth(thread, first, second);
    thread.unlock(gate);
  }
};

TEST_F(LockOrderTest, TwoThreadsInOppositeOrder) {
  takeBoth(t1, a, b);
  takeBoth(t2, b, a);
  ASSERT_EQ(misuses.size(), 1u);
  const Misuse& found = misuses[0];
  EXPECT_EQ(found.kind, MisuseKind::LockOrderInversion);
  EXPECT_EQ(found.object, a);
  ASSERT_EQ(found.count, 2u);
  EXPECT_EQ(found.steps[0].role, MisuseRole::Caught);
  EXPECT_EQ(found.steps[0].thread->number, t2.number);
  EXPECT_EQ(found.steps[0].object, a);
  EXPECT_EQ(found.steps[0].held, b);
  EXPECT_EQ(found.steps[1].role, MisuseRole::Acquired);
  EXPECT_EQ(found.steps[1].thread->number, t1.number);
  EXPECT_EQ(found.steps[1].object, b);
  EXPECT_EQ(found.steps[1].held, a);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_NE(found.steps[i].context, kNoContext);
    EXPECT_NE(found.steps[i].heldContext, kNoContext);
  }
}

TEST_F(LockOrderTest, SameOrderIsSilent) {
  takeBoth(t1, a, b);
  takeBoth(t2, a, b);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, OneThreadCannotWaitForItself) {
  takeBoth(t1, a, b);
  takeBoth(t1, b, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, PhasesKeepThreadsApart) {
  takeBoth(t1, a, b);
  t1.release(x);
  t2.acquire(x);
  takeBoth(t2, b, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, OrdersOfOnePhaseAreReportedThoughOneWasKnownBefore) {
  takeBoth(t1, a, b);
  t1.release(x);
  t2.acquire(x);
  takeBoth(t1, a, b);
  takeBoth(t2, b, a);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, OrderOfALaterPhaseMeetsThatOfItsOwn) {
  t1.lock(a);
  t1.unlock(a);
  takeBoth(t1, a, b);
  t1.release(x);
  t2.acquire(x);
  takeBoth(t2, b, a);
  EXPECT_TRUE(misuses.empty());
  takeBoth(t1, a, b);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, AtomicsKeepThreadsApart) {
  takeBoth(t1, a, b);
  t1.store(x, kRelease);
  t2.load(x, kAcquire);
  takeBoth(t2, b, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, RelaxedAtomicsKeepNobodyApart) {
  takeBoth(t1, a, b);
  t1.rmw(x, kRelaxed);
  t2.rmw(x, kRelaxed);
  takeBoth(t2, b, a);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, FencesKeepThreadsApart) {
  takeBoth(t1, a, b);
  t1.fence(kRelease);
  t1.store(x, kRelaxed);
  t2.load(x, kRelaxed);
  t2.fence(kAcquire);
  takeBoth(t2, b, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, AnotherLockKeepsNobodyApart) {
  takeBoth(t1, a, b);
  t1.lock(m);
  t1.unlock(m);
  t2.lock(m);
  t2.unlock(m);
  takeBoth(t2, b, a);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, PhasesOfACycleOfThree) {
  takeBoth(t1, a, b);
  t1.release(x);
  t2.acquire(x);
  takeBoth(t2, b, m);
  takeBoth(t3, m, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, CycleOfThree) {
  takeBoth(t1, a, b);
  takeBoth(t2, b, m);
  EXPECT_TRUE(misuses.empty());
  takeBoth(t3, m, a);
  ASSERT_EQ(misuses.size(), 1u);
  EXPECT_EQ(misuses[0].count, 3u);
}

TEST_F(LockOrderTest, CycleOfThreeNeedsThreeThreads) {
  takeBoth(t1, a, b);
  takeBoth(t1, b, m);
  takeBoth(t2, m, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, LongCycle) {
  constexpr size_t kThreads = 20;
  for (size_t i = 0; i < kThreads; ++i) takeBoth(newThread(main), line(20 + i), line(20 + (i + 1) % kThreads));
  ASSERT_EQ(misuses.size(), 1u);
  EXPECT_EQ(misuses[0].count, kThreads);
}

TEST_F(LockOrderTest, GateLockKeepsThreadsApart) {
  guarded(t1, m, a, b);
  guarded(t2, m, b, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, DifferentGatesKeepNobodyApart) {
  guarded(t1, m, a, b);
  guarded(t2, n, b, a);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, GateThatIsSometimesForgotten) {
  guarded(t1, m, a, b);
  guarded(t2, m, b, a);
  takeBoth(t2, b, a);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, GateHeldForReadingByBothIsNone) {
  t1.lockShared(m);
  takeBoth(t1, a, b);
  t1.unlockShared(m);
  t2.lockShared(m);
  takeBoth(t2, b, a);
  t2.unlockShared(m);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, ReadersDoNotWaitForReaders) {
  t1.lockShared(a), t1.lockShared(b), t1.unlockShared(b), t1.unlockShared(a);
  t2.lockShared(b), t2.lockShared(a), t2.unlockShared(a), t2.unlockShared(b);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, ReadersWaitForWriters) {
  t1.lockShared(a), t1.lock(b), t1.unlock(b), t1.unlockShared(a);
  t2.lockShared(b), t2.lock(a), t2.unlock(a), t2.unlockShared(b);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, TryingDoesNotWait) {
  takeBoth(t1, a, b);
  t2.lock(b);
  t2.tryLock(a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, LockTakenByTryingIsHeld) {
  takeBoth(t1, a, b);
  t2.tryLock(b);
  t2.lock(a);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, FoundBeforeTheThreadWaits) {
  takeBoth(t1, a, b);
  t2.lock(b);
  t2.want(a, LockMode::Write);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, OneMistakeOneReport) {
  for (int round = 0; round < 5; ++round) {
    takeBoth(t1, a, b);
    takeBoth(t2, b, a);
    takeBoth(t3, b, a);
  }
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, ThreadJoinedBeforeTheOtherWasCreated) {
  takeBoth(t1, a, b);
  t1.finish();
  main.join(t1);
  takeBoth(newThread(main), b, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, ThreadJoinedBeforeTheJoinerGoesOn) {
  takeBoth(t1, a, b);
  t1.finish();
  main.join(t1);
  takeBoth(main, b, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, CreatorBeforeCreation) {
  takeBoth(main, a, b);
  takeBoth(newThread(main), b, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, CreatorAfterCreation) {
  takeBoth(main, a, b);
  takeBoth(t1, b, a);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, GrandchildOfAJoiner) {
  takeBoth(t1, a, b);
  t1.finish();
  t2.join(t1);
  TestThread& child = newThread(t2);
  takeBoth(newThread(child), b, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, ThreadsOfEarlierRoundsDoNotHideLaterOnes) {
  for (int round = 0; round < 20; ++round) {
    TestThread& early = newThread(main);
    takeBoth(early, a, b);
    early.finish();
    main.join(early);
  }
  TestThread &one = newThread(main), &other = newThread(main);
  takeBoth(one, a, b);
  takeBoth(other, b, a);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, DestroyedLockTakesItsOrderAlong) {
  takeBoth(t1, a, b);
  detector->lockDestroyed(*t1.state, b);
  takeBoth(t2, b, a);
  EXPECT_TRUE(misuses.empty());
  takeBoth(t1, a, b);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockOrderTest, FreedLockTakesItsOrderAlong) {
  takeBoth(t1, a, b);
  main.free(b, 64);
  takeBoth(t2, b, a);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockOrderTest, AThousandLocksHeldAtOnce) {
  constexpr size_t kLocks = 1000;
  for (size_t i = 0; i < kLocks; ++i) t1.lock(line(10 + i));
  for (size_t i = kLocks; i-- > 0;) t1.unlock(line(10 + i));
  EXPECT_TRUE(misuses.empty());
  takeBoth(t2, line(10 + kLocks - 1), line(10));
  ASSERT_EQ(misuses.size(), 1u);
  EXPECT_EQ(misuses[0].count, 2u);
}

TEST_F(LockOrderTest, HandOverHandThroughALongListInEitherDirection) {
  constexpr size_t kLocks = 10'000;
  const auto walk = [&](TestThread& thread, auto lockAt) {
    thread.lock(lockAt(0));
    for (size_t i = 1; i < kLocks; ++i) {
      thread.lock(lockAt(i));
      thread.unlock(lockAt(i - 1));
    }
    thread.unlock(lockAt(kLocks - 1));
  };
  walk(t1, [&](size_t i) { return line(10 + i); });
  EXPECT_TRUE(misuses.empty());
  walk(t2, [&](size_t i) { return line(10 + kLocks - 1 - i); });
  EXPECT_GE(misuses.size(), 1u);
}

}  // namespace
}  // namespace snag
