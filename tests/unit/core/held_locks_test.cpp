#include "core/held_locks.h"

#include <gtest/gtest.h>

#include <vector>

namespace snag {
namespace {

HeldLock lock(uintptr_t address) { return {address, LockMode::Write, ContextId{1}}; }

TEST(HeldLocks, NothingHeldIsTheEmptySet) {
  LockSetTable table;
  HeldLocks held;
  EXPECT_EQ(held.id(table), kNoLocks);
  held.add(lock(8));
  held.remove(8);
  EXPECT_EQ(held.id(table), kNoLocks);
}

TEST(HeldLocks, EqualSetsHaveOneId) {
  LockSetTable table;
  HeldLocks first, second;
  first.add(lock(8)), first.add(lock(16));
  second.add(lock(8)), second.add(lock(16));
  EXPECT_NE(first.id(table), kNoLocks);
  EXPECT_EQ(first.id(table), second.id(table));
  second.remove(8);
  EXPECT_NE(first.id(table), second.id(table));
}

TEST(HeldLocks, SetListsLocksInTheOrderInWhichTheyWereTaken) {
  LockSetTable table;
  HeldLocks held;
  held.add(lock(24)), held.add(lock(8)), held.add(lock(16));
  held.remove(8);
  size_t count = 0;
  const HeldLock* locks = table.get(held.id(table), &count);
  ASSERT_EQ(count, 2u);
  EXPECT_EQ(locks[0], lock(24));
  EXPECT_EQ(locks[1], lock(16));
}

TEST(HeldLocks, RemovingWhatIsNotHeldChangesNothing) {
  LockSetTable table;
  HeldLocks held;
  held.add(lock(8));
  const LockSetId before = held.id(table);
  held.remove(99);
  EXPECT_EQ(held.id(table), before);
  EXPECT_EQ(held.count(), 1u);
}

TEST(HeldLocks, OneReleaseUndoesTheMostRecentHoldOnly) {
  LockSetTable table;
  HeldLocks held;
  held.add({8, LockMode::Read, ContextId{1}});
  held.add({8, LockMode::Read, ContextId{2}});
  held.remove(8);
  size_t count = 0;
  const HeldLock* locks = table.get(held.id(table), &count);
  ASSERT_EQ(count, 1u);
  EXPECT_EQ(locks[0].taken, ContextId{1});
}

TEST(HeldLocks, TheSetOfTheOuterLocksComesBack) {
  LockSetTable table;
  HeldLocks held;
  held.add(lock(8));
  const LockSetId outer = held.id(table);
  held.add(lock(16));
  const LockSetId both = held.id(table);
  held.remove(16);
  EXPECT_EQ(held.id(table), outer);
  held.add(lock(16));
  EXPECT_EQ(held.id(table), both);
}

TEST(HeldLocks, WhatWasTakenUnderALockGivenBackIsAnotherSet) {
  LockSetTable table;
  HeldLocks held;
  held.add(lock(8)), held.add(lock(16)), held.add(lock(24));
  const LockSetId all = held.id(table);
  held.remove(8);
  const LockSetId left = held.id(table);
  EXPECT_NE(left, all);
  held.remove(24), held.remove(16);
  held.add(lock(16)), held.add(lock(24));
  EXPECT_EQ(held.id(table), left);
}

TEST(HeldLocks, TheFirstLocksSetIsHandedInAndOut) {
  LockSetTable table;
  HeldLocks held;
  held.add(lock(8));
  EXPECT_EQ(held.remove(8).set, kUnknownLocks);  // nobody has asked
  held.add(lock(8));
  const LockSetId alone = held.id(table);
  const HeldLocks::Hold hold = held.remove(8);
  EXPECT_EQ(hold.set, alone);
  EXPECT_EQ(hold.lock, lock(8));
  held.add(lock(8), alone);
  EXPECT_EQ(held.id(table), alone);
}

TEST(HeldLocks, TheSetOfALockAloneIsNotThatOfAnInnerLock) {
  LockSetTable table;
  HeldLocks held;
  held.add(lock(16));
  const LockSetId alone = held.id(table);
  held.remove(16);
  held.add(lock(8)), held.add(lock(16), alone);
  EXPECT_NE(held.id(table), alone);
  EXPECT_EQ(held.remove(16).set, kUnknownLocks);
}

TEST(HeldLocks, SetsStayReadableWhenThereAreMany) {
  LockSetTable table;
  std::vector<LockSetId> ids;
  for (uintptr_t i = 1; i <= 50'000; ++i) {
    const HeldLock one = lock(i * 8);
    ids.push_back(table.intern(&one, 1));
  }
  for (uintptr_t i = 1; i <= 50'000; ++i) {
    size_t count = 0;
    const HeldLock* locks = table.get(ids[i - 1], &count);
    ASSERT_EQ(count, 1u);
    ASSERT_EQ(locks[0].lock, i * 8);
  }
}

}  // namespace
}  // namespace snag
