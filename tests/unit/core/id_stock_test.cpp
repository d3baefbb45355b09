#include "core/id_stock.h"

#include <gtest/gtest.h>

#include <set>

namespace snag {
namespace {

class IdStockTest : public ::testing::Test {
 protected:
  // As a thread does for each of its segments.
  SegmentId next(Epoch epoch) {
    const SegmentId id = stock.takeFor(epoch);
    if (id != kNoSegment) return id;
    ++refills;
    stock.refill(table, IdStock::kMost, stock.isWorthARow(), ThreadSlot{4}, epoch);
    return stock.takeFor(epoch);
  }
  // Segments of every `step`-th epoch.
  void use(uint32_t count, uint32_t step) {
    for (uint32_t i = 0; i < count; ++i, epoch += step) {
      const SegmentId id = next(Epoch{epoch});
      ASSERT_NE(id, kNoSegment);
      EXPECT_TRUE(seen.insert(raw(id)).second);
      table.define(id, {ThreadSlot{4}, Epoch{epoch}, 1, 1});
      EXPECT_EQ(table.time(id).epoch, Epoch{epoch});
    }
  }

  SegmentTable table{100'000};
  IdStock stock;
  uint32_t refills = 0, epoch = 1;
  std::set<uint32_t> seen;
};

TEST_F(IdStockTest, TakesRowsForWhoUsesMany) {
  use(IdStock::kMost, 1);
  EXPECT_EQ(refills, 1u);
  use(SegmentTable::kRow, 1);
  EXPECT_EQ(refills, 2u);
  const uint32_t last = *seen.rbegin();
  EXPECT_EQ(last % SegmentTable::kRow, SegmentTable::kRow - 1);
  EXPECT_EQ(seen.count(last - SegmentTable::kRow + 1), 1u);
}

TEST_F(IdStockTest, LeavesOutWhatItsEpochsLeaveOut) {
  use(IdStock::kMost, 1);
  use(100, 3);
  EXPECT_LE(table.inUse(), IdStock::kMost + 3 * 100 + SegmentTable::kRow + IdStock::kMost);
}

TEST_F(IdStockTest, DoesNotWasteRowsOnWhoSkipsMostEpochs) {
  use(3'000, 40);
  EXPECT_LE(table.inUse(), 2 * 3'000u);
}

TEST_F(IdStockTest, GivesBackWhatItHasNotUsed) {
  use(IdStock::kMost + 1, 1);
  stock.giveBack(table);
  EXPECT_EQ(table.inUse(), IdStock::kMost + 1);
  EXPECT_EQ(stock.takeAny(), kNoSegment);
  EXPECT_EQ(stock.takeFor(Epoch{epoch}), kNoSegment);
}

TEST_F(IdStockTest, ShowsAllThatItHas) {
  use(IdStock::kMost + 1, 1);
  std::set<uint32_t> shown;
  stock.forEach([&](SegmentId id) { shown.insert(raw(id)); });
  for (SegmentId id; (id = stock.takeAny()) != kNoSegment;) EXPECT_EQ(shown.count(raw(id)), 1u);
  for (uint32_t i = 1; i < SegmentTable::kRow; ++i) EXPECT_EQ(shown.count(raw(stock.takeFor(Epoch{epoch++}))), 1u);
}

}  // namespace
}  // namespace snag
