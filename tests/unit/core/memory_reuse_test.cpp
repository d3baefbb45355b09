// Blocks that are handed out, given back and handed out again.
#include "detector_fixture.h"

namespace snag {
namespace {

using MemoryReuse = DetectorTest;

TEST_F(MemoryReuse, FreshBlockIsWrittenByItsOwner) {
  t1.allocate(x, 32);
  t2.read(x + 16);
  EXPECT_EQ(races.size(), 1u) << "published without synchronisation";
}

TEST_F(MemoryReuse, BlockHandedOverUnderALockIsFine) {
  t1.allocate(x, 32);
  t1.lock(m), t1.unlock(m);
  t2.lock(m), t2.unlock(m);
  t2.write(x + 16);
  t2.free(x, 32);
  EXPECT_TRUE(races.empty());
}

TEST_F(MemoryReuse, FreeRacesWithUnorderedUse) {
  t1.allocate(x, 64);
  t1.release(m);
  t2.acquire(m);
  t2.read(x + 40);
  t1.free(x, 64);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].racingAddress, x + 40);
  EXPECT_EQ(races[0].kind & SNAG_SITE_FREE, SNAG_SITE_FREE);
}

TEST_F(MemoryReuse, UseAfterAnUnorderedFreeRaces) {
  t1.allocate(x, 64);
  t1.release(m);
  t2.acquire(m);
  t1.free(x, 64);
  t2.read(x + 40);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(earlierThreads[0], t1.number);
}

TEST_F(MemoryReuse, NewOwnerDoesNotRaceWithThePreviousOne) {
  t1.allocate(x, 24);
  t1.write(x, 8);
  t1.free(x, 24);
  t2.allocate(x, 24);
  t2.write(x, 8);
  t2.free(x, 24);
  EXPECT_TRUE(races.empty());
}

TEST_F(MemoryReuse, BytesBehindABlockAreNotPartOfIt) {
  t1.allocate(x, 13);
  t2.write(x + 13, 3);
  EXPECT_TRUE(races.empty());
  t2.write(x + 12, 1);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(MemoryReuse, SynchronisationInsideABlockEndsWithIt) {
  t1.allocate(x, 64);
  t1.write(y);
  t1.store(x + 8, kRelease);
  t1.release(x + 32);
  t1.free(x, 64);
  t2.allocate(x, 64);
  t2.load(x + 8, kAcquire);
  t2.acquire(x + 32);
  t2.write(y);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(MemoryReuse, ForgottenRangeHasNoHistory) {
  t1.write(x, 64);
  detector->forgetRange(x, 64);
  t2.write(x, 64);
  EXPECT_TRUE(races.empty());
}

TEST_F(MemoryReuse, ForgettingARangeLeavesItsNeighboursAlone) {
  t1.write(x, 64);
  detector->forgetRange(x + 16, 16);
  t2.write(x, 64);
  EXPECT_EQ(races.size(), 6u);
}

TEST_F(MemoryReuse, LargeBlockIsForgottenToo) {
  const uintptr_t large = space.base() + (256 << 10) + 24;
  const size_t size = 512 << 10;
  for (uintptr_t p = large; p < large + size; p += 4096) t1.write(p);
  t2.allocate(large, size);
  t2.free(large, size);
  t3.allocate(large, size);
  for (uintptr_t p = large; p < large + size; p += 4096) t3.write(p);
  EXPECT_TRUE(races.empty());
}

}  // namespace
}  // namespace snag
