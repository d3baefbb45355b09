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
