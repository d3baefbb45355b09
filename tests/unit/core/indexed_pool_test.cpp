#include "core/indexed_pool.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace snag {
namespace {

struct Thing {
  explicit Thing(uint64_t v) : value(v) {}
  uint64_t value;
};

TEST(IndexedPool, NumbersStartAtOneAndNameTheirObjects) {
  IndexedPool<Thing> pool(100);
  EXPECT_EQ(pool.create(5u), 1u);
  EXPECT_EQ(pool.create(6u), 2u);
  EXPECT_EQ(pool.at(1).value, 5u);
  EXPECT_EQ(pool.at(2).value, 6u);
  EXPECT_EQ(pool.indexOf(pool.at(2)), 2u);
  EXPECT_EQ(pool.inUse(), 2u);
}

TEST(IndexedPool, ExhaustedPoolSaysZeroAndRecovers) {
  IndexedPool<Thing> pool(4);
  for (uint32_t i = 1; i < 4; ++i) EXPECT_EQ(pool.create(i), i);
  EXPECT_EQ(pool.create(9u), 0u);
  pool.destroy(2);
  EXPECT_EQ(pool.create(10u), 2u);
  EXPECT_EQ(pool.at(2).value, 10u);
}

TEST(IndexedPool, ThreadsNeverShareANumber) {
  IndexedPool<Thing> pool(1 << 16);
  std::vector<uint32_t> taken[2];
  const auto take = [&](int who) {
    for (uint64_t i = 0; i < 20'000; ++i) {
      taken[who].push_back(pool.create(i));
      if (i % 4 == 0) {
        pool.destroy(taken[who].back());
        taken[who].pop_back();
      }
    }
  };
  std::thread other(take, 1);
  take(0);
  other.join();
  std::set<uint32_t> all(taken[0].begin(), taken[0].end());
  all.insert(taken[1].begin(), taken[1].end());
  EXPECT_EQ(all.size(), taken[0].size() + taken[1].size());
  EXPECT_EQ(pool.inUse(), all.size());
}

}  // namespace
}  // namespace snag
