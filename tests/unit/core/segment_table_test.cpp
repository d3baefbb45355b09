#include "core/segment_table.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace snag {
namespace {

SegmentId newSegment(SegmentTable& table, uint32_t epoch) {
  uint32_t id = 0;
  EXPECT_EQ(table.take(&id, 1), 1u);
  table.define(SegmentId{id}, {ThreadSlot{3}, Epoch{epoch}, 7, 0});
  return SegmentId{id};
}

std::vector<SegmentId> membersOf(const SegmentTable& table, SegmentId id) {
  std::vector<SegmentId> members;
  table.forEach(id, [&](SegmentId each) { members.push_back(each); });
  return members;
}

TEST(SegmentTable, IdsAreDistinctAndNeverZero) {
  SegmentTable table(100);
  uint32_t ids[200];
  const uint32_t taken = table.take(ids, 200);
  EXPECT_EQ(taken, 99u);
  EXPECT_EQ(std::set<uint32_t>(ids, ids + taken).size(), taken);
  EXPECT_EQ(std::set<uint32_t>(ids, ids + taken).count(0), 0u);
}

TEST(SegmentTable, IdsGivenBackAreHandedOutAgain) {
  SegmentTable table(10);
  uint32_t ids[9];
  ASSERT_EQ(table.take(ids, 9), 9u);
  uint32_t none;
  EXPECT_EQ(table.take(&none, 1), 0u);
  table.giveBack(ids, 4);
  EXPECT_EQ(table.take(ids, 9), 4u);
}

TEST(SegmentTable, SegmentSaysWhoAndWhen) {
  SegmentTable table(100);
  const SegmentId id = newSegment(table, 42);
  EXPECT_FALSE(table.isSet(id));
  EXPECT_EQ(table.segment(id).slot, ThreadSlot{3});
  EXPECT_EQ(table.segment(id).epoch, Epoch{42});
  EXPECT_EQ(table.segment(id).record, 7u);
}

std::vector<uint32_t> takeAll(SegmentTable& table) {
  std::vector<uint32_t> ids;
  for (uint32_t id; table.take(&id, 1) != 0;) ids.push_back(id);
  return ids;
}

// As a collection does that finds only these named.
void keepOnly(SegmentTable& table, const std::set<uint32_t>& named) {
  table.startMarking();
  for (const uint32_t id : named) table.mark(SegmentId{id});
  table.sweep();
  table.releaseLimbo();
}

TEST(SegmentTable, RowSaysWhenItsSegmentsAre) {
  SegmentTable table(1000);
  newSegment(table, 1);
  const SegmentId row = table.takeRow(ThreadSlot{5}, Epoch{100});
  ASSERT_NE(row, kNoSegment);
  const SegmentId later{raw(row) + 7};
  table.define(later, {ThreadSlot{5}, Epoch{107}, 3, 4});
  EXPECT_EQ(table.time(later).slot, ThreadSlot{5});
  EXPECT_EQ(table.time(later).epoch, Epoch{107});
  EXPECT_EQ(table.segment(later).record, 3u);
  EXPECT_FALSE(table.isSet(later));
  EXPECT_TRUE(table.contains(later, later));
  EXPECT_EQ(membersOf(table, later), std::vector<SegmentId>{later});
}

TEST(SegmentTable, RowsAndOtherIdsAreDistinct) {
  SegmentTable table(10 * SegmentTable::kRow);
  std::set<uint32_t> ids{0};
  const SegmentId alone = newSegment(table, 1);
  ids.insert(raw(alone));
  uint32_t rows = 0;
  for (SegmentId row; (row = table.takeRow(ThreadSlot{0}, Epoch{1})) != kNoSegment; ++rows)
    for (uint32_t i = 0; i < SegmentTable::kRow; ++i) EXPECT_TRUE(ids.insert(raw(row) + i).second);
  EXPECT_EQ(rows, 9u);
  for (const uint32_t id : takeAll(table)) EXPECT_TRUE(ids.insert(id).second);
  EXPECT_EQ(ids.size(), 10 * SegmentTable::kRow);
  EXPECT_EQ(table.inUse(), 10 * SegmentTable::kRow - 1);
}

TEST(SegmentTable, RowIsRecycledAsSuchOnlyIfNothingNamesAnyOfIt) {
  SegmentTable table(3 * SegmentTable::kRow);
  takeAll(table);
  keepOnly(table, {});
  const SegmentId one = table.takeRow(ThreadSlot{1}, Epoch{10}), other = table.takeRow(ThreadSlot{2}, Epoch{20});
  ASSERT_NE(other, kNoSegment);
  const SegmentId kept{raw(other) + 9};
  table.define(kept, {ThreadSlot{2}, Epoch{29}, 1, 1});
  keepOnly(table, {raw(kept)});
  EXPECT_EQ(table.takeRow(ThreadSlot{3}, Epoch{30}), one);
  EXPECT_EQ(table.takeRow(ThreadSlot{3}, Epoch{62}), kNoSegment);
  const std::vector<uint32_t> rest = takeAll(table);
  EXPECT_EQ(rest.size(), 2 * SegmentTable::kRow - 2) << "all but 0, the row, and what is kept";
  EXPECT_EQ(std::set<uint32_t>(rest.begin(), rest.end()).count(raw(kept)), 0u);
  EXPECT_EQ(table.time(kept).epoch, Epoch{29}) << "its row is none any more";
}

TEST(SegmentTable, IdOfARowThatIsTakenAloneMayMeanAnything) {
  SegmentTable table(2 * SegmentTable::kRow);
  const SegmentId row = table.takeRow(ThreadSlot{1}, Epoch{10});
  table.define(row, {ThreadSlot{1}, Epoch{10}, 1, 1});
  const uint32_t last = raw(row) + SegmentTable::kRow - 1;
  table.giveBack(&last, 1);
  uint32_t again = 0;
  ASSERT_EQ(table.take(&again, 1), 1u);
  ASSERT_EQ(again, last);
  table.definePair(SegmentId{again}, row, SegmentId{raw(row) + 1});
  EXPECT_TRUE(table.isSet(SegmentId{again}));
  EXPECT_EQ(table.sizeOf(SegmentId{again}), 2u);
  EXPECT_EQ(table.time(row).epoch, Epoch{10});
}

TEST(SegmentTable, EqualSetsAreOneId) {
  SegmentTable table(100);
  const SegmentId members[] = {newSegment(table, 1), newSegment(table, 2), newSegment(table, 3)};
  const SegmentId set = table.intern(members, 3);
  EXPECT_TRUE(table.isSet(set));
  EXPECT_EQ(table.intern(members, 3), set);
  EXPECT_NE(table.intern(members, 2), set);
  EXPECT_EQ(membersOf(table, set), std::vector<SegmentId>(members, members + 3));
  EXPECT_TRUE(table.contains(set, members[1]));
  EXPECT_FALSE(table.contains(table.intern(members, 2), members[2]));
}

TEST(SegmentTable, SetOfOneIsItsMemberAndOfNoneIsNothing) {
  SegmentTable table(100);
  const SegmentId one = newSegment(table, 1);
  EXPECT_EQ(table.intern(&one, 1), one);
  EXPECT_EQ(table.intern(&one, 0), kNoSegment);
  EXPECT_EQ(membersOf(table, one), std::vector<SegmentId>{one});
  EXPECT_TRUE(membersOf(table, kNoSegment).empty());
}

TEST(SegmentTable, SetWithoutAnIdLeftIsNothing) {
  SegmentTable table(3);
  const SegmentId members[] = {newSegment(table, 1), newSegment(table, 2)};
  EXPECT_EQ(table.intern(members, 2), kNoSegment);
}

}  // namespace
}  // namespace snag
