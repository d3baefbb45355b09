// What the only thread does is not remembered, and only while it surely cannot race.
#include "detector_fixture.h"

namespace snag {
namespace {

class Alone : public DetectorTest {
 protected:
  explicit Alone(const DetectorConfig& config = {}) : DetectorTest(config) {
    for (TestThread* each : {&t1, &t2, &t3}) each->finish();
  }
  void joinAll() {
    for (TestThread* each : {&t1, &t2, &t3}) main.join(*each);
  }
  bool isAlone(const TestThread& thread) const { return thread.state->alone.load(); }
};

struct AloneSwitchedOff : Alone {
  static DetectorConfig off() {
    DetectorConfig config;
    config.skipAlone = false;
    return config;
  }
  AloneSwitchedOff() : Alone(off()) {}
};

TEST_F(Alone, IsTheFirstThreadUntilItCreatesAnother) {
  TestThread first(*detector, &main);  // the fixture's threads are there already
  EXPECT_FALSE(isAlone(main));
  first.finish();
  main.join(first);
  EXPECT_FALSE(isAlone(main)) << "the fixture's threads have ended, but nobody has joined them";
  joinAll();
  EXPECT_TRUE(isAlone(main));
  newThread(main);
  EXPECT_FALSE(isAlone(main));
}

TEST_F(Alone, LeavesNoTraceAndPassesTheInlineTest) {
  joinAll();
  main.write(x), main.read(y, 8), main.allocate(m, 64);
  for (uintptr_t word : {x, y, m}) EXPECT_EQ(shadow(word), ShadowWord());
  EXPECT_EQ(main.abi.ownHalf, 0u);
  EXPECT_EQ(main.abi.sharedHalf, 0u);
}

TEST_F(Alone, ForgetsWhatEarlierThreadsLeft) {
  TestThread& t = newThread(main);
  t.write(x), t.write(y, 4), t.write(y + 4, 2), t.read(y + 6, 2);
  t.finish();
  joinAll();
  main.join(t);
  EXPECT_NE(shadow(x), ShadowWord());
  main.read(x), main.read(y, 8);
  EXPECT_EQ(shadow(x), ShadowWord());
  EXPECT_EQ(shadow(y), ShadowWord());
}

TEST_F(Alone, KeepsLocksThatAreTouched) {
  main.lock(m);
  joinAll();
  main.write(m);
  main.free(m, 8);
  ASSERT_EQ(misuses.size(), 1u);
  EXPECT_EQ(misuses[0].kind, MisuseKind::FreeOfLocked);
}

TEST_F(Alone, EndsWhenAThreadIsCreated) {
  joinAll();
  main.write(x);
  TestThread& t = newThread(main);
  EXPECT_EQ(main.abi.ownHalf, SNAG_NO_SEGMENT);
  t.write(x);
  EXPECT_TRUE(races.empty()) << "what main did alone happens before the new thread";
  main.write(x);
  ASSERT_EQ(races.size(), 1u);
  t.write(y), main.write(y);
  EXPECT_EQ(races.size(), 2u);
}

TEST_F(Alone, EndsWhenAThreadAppearsThatNobodyCreated) {
  joinAll();
  TestThread foreigner(*detector, nullptr);
  EXPECT_FALSE(isAlone(main));
  EXPECT_FALSE(isAlone(foreigner));
  EXPECT_EQ(main.abi.ownHalf, SNAG_NO_SEGMENT);
  EXPECT_EQ(main.abi.sharedHalf, SNAG_NO_SEGMENT);
  main.write(x);
  foreigner.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(Alone, WhoWasMadeUnseenKnowsWhatTheOnlyThreadKnew) {
  TestThread& t = newThread(main);
  t.write(x), main.write(y);
  t.finish();
  joinAll();
  main.join(t);
  main.store(a, kRelease);
  TestThread foreigner(*detector, nullptr);
  foreigner.load(a, kAcquire);
  foreigner.write(x), foreigner.write(y);
  EXPECT_TRUE(races.empty());
  main.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(Alone, IsNobodyOnceTheSystemMayStartThreads) {
  joinAll();
  main.write(x);
  detector->expectForeigner(*main.state);
  EXPECT_EQ(main.abi.ownHalf, SNAG_NO_SEGMENT);
  main.write(y);
  TestThread& t = newThread(main);
  t.finish();
  main.join(t);
  EXPECT_FALSE(isAlone(main));
  main.write(x);
  TestThread foreigner(*detector, nullptr);
  foreigner.read(x), foreigner.read(y);
  EXPECT_EQ(races.size(), 2u);
}

TEST_F(Alone, IsNotWhoHasNotLearnedOfADetachedThreadsEnd) {
  TestThread& t = newThread(main);
  main.detach(t);
  t.write(x);
  t.finish();
  joinAll();
  EXPECT_FALSE(isAlone(main));
  main.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(Alone, AtomicsDoneMeanwhileTellNothingThatIsNotKnown) {
  TestThread& t = newThread(main);
  t.write(x), t.store(a, kRelease);
  t.finish();
  joinAll();
  main.join(t);
  main.write(y), main.store(a, kRelaxed);
  TestThread &u = newThread(main), &v = newThread(main);
  u.load(a, kAcquire), u.write(x), u.write(y);
  EXPECT_TRUE(races.empty());
  v.write(y);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(Alone, ReleasesTellOfWhatWasDoneAlone) {
  joinAll();
  main.lock(m), main.write(x), main.unlock(m);
  TestThread& t = newThread(main);
  main.lock(m), main.write(x), main.unlock(m);
  t.lock(m), t.write(x), t.unlock(m);
  EXPECT_TRUE(races.empty());
  main.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(AloneSwitchedOff, EverythingIsRemembered) {
  joinAll();
  EXPECT_FALSE(isAlone(main));
  main.write(x);
  EXPECT_NE(shadow(x), ShadowWord());
}

}  // namespace
}  // namespace snag
