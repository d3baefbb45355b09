// What every thread knows is forgotten where it is in the way, and nothing else.
#include "core/detector_impl.h"
#include "detector_fixture.h"

namespace snag {
namespace {

// t1 writes a byte of x; then t1 and t2 take turns, and each says now and then what it knows.
class BehindAll : public DetectorTest {
 protected:
  BehindAll() : DetectorTest({.logChunkEntries = 4}) {}

  void waitForT1(TestThread& thread) { detector->awaitThread(*thread.state, t1.state); }
  void takeTurns() {
    t1.write(x, 1);
    first_ = t1.epoch();
    for (uintptr_t i = 0; i < 40; ++i) {
      for (TestThread* thread : {&t1, &t2}) {
        thread->lock(m);
        thread->write(y + 8 * (i % 8));
        thread->unlock(m);
      }
    }
  }
  bool isForgotten() const { return detector->impl().registry.isBehindAll(t1.state->slot, first_); }
  // The word can tell of one writer only: that of its second byte, unless the first one's is still asked for.
  void expectRaceOf(TestThread& thread) {
    t2.write(x + 1, 1);
    thread.write(x, 1);
    ASSERT_EQ(races.size(), 1u);
    EXPECT_EQ(earlierThreads[0], t1.number);
    EXPECT_EQ(races[0].racingAddress, x);
  }

 private:
  Epoch first_{};
};

TEST_F(BehindAll, IsWhatTheOthersKnowOrWaitFor) {
  waitForT1(main);
  waitForT1(t3);
  takeTurns();
  EXPECT_TRUE(isForgotten());
  EXPECT_FALSE(detector->impl().registry.isBehindAll(t1.state->slot, t1.epoch())) << "nobody knows that yet";
}

TEST_F(BehindAll, GoesOnFromThreadToThread) {
  detector->awaitThread(*t3.state, t2.state);
  detector->awaitThread(*main.state, t3.state);
  takeTurns();
  EXPECT_TRUE(isForgotten());
}

TEST_F(BehindAll, IsNotWhatOneDoesNotKnow) {
  waitForT1(main);
  takeTurns();
  EXPECT_FALSE(isForgotten());
  expectRaceOf(t3);
}

TEST_F(BehindAll, IsNotWhatIsWaitedForIfAHandlerMayComeBetween) {
  detector->expectInterruptedJoins();
  waitForT1(main);
  waitForT1(t3);
  takeTurns();
  EXPECT_FALSE(isForgotten());
  expectRaceOf(main);
}

TEST_F(BehindAll, IsWhatAllKnowEvenIfAHandlerMayComeBetween) {
  detector->expectInterruptedJoins();
  takeTurns();
  for (TestThread* thread : {&main, &t3}) {
    for (uintptr_t i = 0; i < 8; ++i) {
      thread->lock(m);
      thread->write(y + 8 * i);
      thread->unlock(m);
    }
  }
  for (uintptr_t i = 0; i < 8; ++i) t1.write(line(10) + 8 * i);
  EXPECT_TRUE(isForgotten());
}

TEST_F(BehindAll, IsNothingMoreOnceThereAreThreadsThatNobodyCreated) {
  waitForT1(main);
  waitForT1(t3);
  TestThread foreigner(*detector, nullptr);
  takeTurns();
  EXPECT_FALSE(isForgotten());
  expectRaceOf(foreigner);
}

}  // namespace
}  // namespace snag
