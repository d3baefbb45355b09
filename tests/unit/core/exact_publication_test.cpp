// Real threads at the same time on the same words: of two simultaneous conflicting accesses one must see the other.
#include <atomic>
#include <set>
#include <thread>

#include "detector_fixture.h"
#include "together.h"

namespace snag {
namespace {

class ExactPublication : public DetectorTest {
 protected:
  size_t distinctWords() const {
    std::set<uintptr_t> words;
    for (const Race& race : races) words.insert(race.racingAddress & ~uintptr_t{7});
    return words.size();
  }
};

TEST_F(ExactPublication, OfTwoSimultaneousWritesExactlyOneSeesTheOther) {
  constexpr size_t kWords = 5'000;
  together(kWords, [&](int who, size_t i) { (who ? t1 : t2).write(x + 8 * i, 8); });
  EXPECT_EQ(races.size(), kWords);
  EXPECT_EQ(distinctWords(), kWords);
}

TEST_F(ExactPublication, OfASimultaneousReadAndWriteExactlyOneSeesTheOther) {
  constexpr size_t kWords = 5'000;
  together(kWords, [&](int who, size_t i) { who ? t1.write(x + 8 * i, 8) : t2.read(x + 8 * i, 8); });
  EXPECT_EQ(races.size(), kWords);
  EXPECT_EQ(distinctWords(), kWords);
}

TEST_F(ExactPublication, SimultaneousWritesToNeighbouringBytesAreBothRemembered) {
  constexpr size_t kWords = 5'000;
  together(kWords, [&](int who, size_t i) { (who ? t1 : t2).write(x + 8 * i + 4 * static_cast<size_t>(who), 4); });
  EXPECT_TRUE(races.empty());
  for (size_t i = 0; i < kWords; ++i) t3.read(x + 8 * i, 8);
  EXPECT_EQ(races.size(), 2 * kWords);
}

TEST_F(ExactPublication, SimultaneousReadersAreBothRemembered) {
  constexpr size_t kWords = 5'000;
  together(kWords, [&](int who, size_t i) { (who ? t1 : t2).read(x + 8 * i, 8); });
  EXPECT_TRUE(races.empty());
  for (size_t i = 0; i < kWords; ++i) t3.write(x + 8 * i, 8);
  EXPECT_EQ(races.size(), 2 * kWords);
}

TEST_F(ExactPublication, LocksTakenByRealThreadsOrder) {
  std::mutex real;
  together(5'000, [&](int who, size_t) {
    TestThread& self = who ? t1 : t2;
    const std::lock_guard guard(real);
    self.lock(m);
    self.increment(x);
    self.write(y + 8 * static_cast<size_t>(who), 8);
    self.unlock(m);
  });
  EXPECT_TRUE(races.empty());
}

TEST_F(ExactPublication, AtomicsOfRealThreadsOrder) {
  std::atomic<uint32_t> turn{0};
  // Each waits for its turn by an acquire load that read the other's release store.
  together(5'000, [&](int who, size_t) {
    TestThread& self = who ? t1 : t2;
    for (bool mine = false; !mine;) {
      detector->atomicEnter(*self.state, self.here(), a, 4);
      mine = turn.load(std::memory_order_acquire) % 2 == static_cast<uint32_t>(who);
      detector->atomicLeave(*self.state, a, 4, AtomicOperation::Load, kAcquire);
      if (!mine) std::this_thread::yield();
    }
    self.increment(x);
    detector->atomicEnter(*self.state, self.here(), a, 4);
    turn.store(turn.load() + 1);
    detector->atomicLeave(*self.state, a, 4, AtomicOperation::Store, kRelease);
  });
  EXPECT_TRUE(races.empty());
}

class RecyclingWithRealThreads : public DetectorTest {
 protected:
  RecyclingWithRealThreads() : DetectorTest({.segmentIds = 2048, .smallLogBytes = 64 << 10}) {}
};

TEST_F(RecyclingWithRealThreads, LosesNothingAndInventsNothing) {
  t3.write(x);
  t3.read(x + 8);
  const auto work = [&](TestThread& self, uintptr_t own) {
    for (size_t i = 0; i < 50'000; ++i) {
      self.write(own + 8 * (i % 32));
      self.read(own + 8 * (i % 7));
      self.read(b + 8 * (i % 4));  // shared by both readers
      self.release(self.number == 1 ? m : n);
    }
  };
  std::thread first([&] { work(t1, line(100)); });
  std::thread second([&] { work(t2, line(200)); });
  first.join();
  second.join();
  EXPECT_TRUE(races.empty());
  EXPECT_GT(detector->statistics().collections, 0u);
  EXPECT_EQ(detector->statistics().forgotten, 0u);
  main.write(x);
  main.write(x + 8);
  EXPECT_EQ(races.size(), 2u);
}

}  // namespace
}  // namespace snag
