// What the core finds out and remembers about the misuse of single locks.
#include "detector_fixture.h"

namespace snag {
namespace {

using LockMisuse = DetectorTest;

TEST_F(LockMisuse, FreeOfALockedMutex) {
  main.allocate(x, 64);
  t1.lock(x + 8);
  main.free(x, 64);
  ASSERT_EQ(misuses.size(), 1u);
  EXPECT_EQ(misuses[0].kind, MisuseKind::FreeOfLocked);
  EXPECT_EQ(misuses[0].object, x + 8);
  ASSERT_EQ(misuses[0].count, 2u);
  EXPECT_EQ(misuses[0].steps[0].thread->number, main.number);
  EXPECT_EQ(misuses[0].steps[1].role, MisuseRole::Acquired);
  EXPECT_EQ(misuses[0].steps[1].thread->number, t1.number);
  EXPECT_NE(misuses[0].steps[1].context, kNoContext);
}

TEST_F(LockMisuse, FreeOfAnUnlockedMutexIsSilent) {
  t1.lock(x);
  t1.unlock(x);
  main.free(x, 64);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockMisuse, FreeOfALockThatReadersHold) {
  t1.lockShared(x), t2.lockShared(x), t1.unlockShared(x);
  main.free(x, 64);
  EXPECT_EQ(misuses.size(), 1u);
}

TEST_F(LockMisuse, FreeOfALockThatReadersHaveLeftIsSilent) {
  t1.lockShared(x), t2.lockShared(x), t1.unlockShared(x), t2.unlockShared(x);
  main.free(x, 64);
  EXPECT_TRUE(misuses.empty());
}

TEST_F(LockMisuse, UnmappingALockedMutex) {
  t1.lock(space.base() + 8192 + 16);
  detector->unmapping(*main.state, main.here(), space.base() + 8192, 4096);
  ASSERT_EQ(misuses.size(), 1u);
  EXPECT_EQ(misuses[0].kind, MisuseKind::FreeOfLocked);
  EXPECT_EQ(misuses[0].object, space.base() + 8192 + 16);
}

TEST_F(LockMisuse, UseAfterDestroyTellsWhoDestroyed) {
  detector->lockDestroyed(*t1.state, t1.here(), m);
  detector->reportLockMisuse(*t2.state, t2.here(), MisuseKind::UseAfterDestroy, m);
  ASSERT_EQ(misuses.size(), 1u);
  ASSERT_EQ(misuses[0].count, 2u);
  EXPECT_EQ(misuses[0].steps[1].role, MisuseRole::Destroyed);
  EXPECT_EQ(misuses[0].steps[1].thread->number, t1.number);
}

TEST_F(LockMisuse, UnlockOfUnlockedTellsTheLastUnlock) {
  t1.lock(m);
  detector->lockReleased(*t1.state, m, LockMode::Write, t1.here());
  detector->reportLockMisuse(*t2.state, t2.here(), MisuseKind::UnlockOfUnlocked, m);
  ASSERT_EQ(misuses[0].count, 2u);
  EXPECT_EQ(misuses[0].steps[1].role, MisuseRole::Released);
  EXPECT_EQ(misuses[0].steps[1].thread->number, t1.number);
}

TEST_F(LockMisuse, HolderIsTheThreadThatTookTheLock) {
  EXPECT_EQ(detector->lockHolder(*main.state, m).thread, nullptr);
  t1.lock(m);
  EXPECT_EQ(detector->lockHolder(*main.state, m).thread, t1.state->record);
  EXPECT_TRUE(detector->lockHolder(*main.state, m).holds);
  t1.unlock(m);
  EXPECT_FALSE(detector->lockHolder(*main.state, m).holds);
}

TEST_F(LockMisuse, TheDeadOwnersPastIsKnownToTheNextOwner) {
  t1.lock(m);
  t1.write(x);
  t1.finish();
  t2.lock(m);
  t2.write(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(LockMisuse, WhatTheDeadOwnerLeftIsKnownToNobodyElse) {
  t1.lock(m);
  t1.write(x);
  t1.finish();
  t2.lock(n);
  t2.write(x);
  EXPECT_EQ(races.size(), 1u);
}

}  // namespace
}  // namespace snag
