#include "interceptors/lock_spin.h"

#include <gtest/gtest.h>

#include <thread>

namespace snag {
namespace {

TEST(LockSpin, SeesThatALockIsFree) {
  const int lock = 0;
  EXPECT_FALSE(isLocked(lock));
  EXPECT_TRUE(spinWhileLocked(lock));
}

TEST(LockSpin, GivesUpWhileSomebodyKeepsIt) {
  const int lock = 2;  // with waiters, as glibc says
  EXPECT_TRUE(isLocked(lock));
  EXPECT_FALSE(spinWhileLocked(lock));
}

TEST(LockSpin, SeesThatItIsGivenBack) {
  int lock = 1;
  std::thread owner([&] { __atomic_store_n(&lock, 0, __ATOMIC_RELEASE); });
  while (!spinWhileLocked(lock)) std::this_thread::yield();
  EXPECT_FALSE(isLocked(lock));
  owner.join();
}

}  // namespace
}  // namespace snag
