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
