#include "core/spin_lock.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace snag {
namespace {

TEST(SpinLock, ExcludesOtherThreads) {
  SpinLock lock;
  uint64_t counter = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 50'000; ++j) {
        SpinGuard guard(lock);
        ++counter;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter, 200'000u);
}

TEST(SpinLock, CannotBeTakenTwice) {
  SpinLock lock;
  EXPECT_TRUE(lock.tryLock());
  EXPECT_FALSE(lock.tryLock());
  lock.unlock();
  EXPECT_TRUE(lock.tryLock());
}

TEST(SpinLock, ResetForgetsItsHolder) {
  SpinLock lock;
  lock.lock();
  lock.reset();
  EXPECT_TRUE(lock.tryLock());
}

}  // namespace
}  // namespace snag
