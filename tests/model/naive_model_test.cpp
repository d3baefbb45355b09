// The model against answers worked out by hand from the C++ standard: it must be right before it may judge the
// detector.
#include "naive_model.h"

#include <gtest/gtest.h>

namespace snag::model {
namespace {

// How many races the lines have, after t0 has created t1, t2 and t3.
size_t races(std::string_view text) {
  NaiveModel model;
  const std::string story = "t0 create t1\nt0 create t2\nt0 create t3\n" + std::string(text);
  const Trace trace = parse(story).value();
  EXPECT_TRUE(isValid(trace)) << text;
  for (const Event& event : trace) model.perform(event);
  return model.races().size();
}

TEST(NaiveModel, UnorderedConflictIsARace) {
  EXPECT_EQ(races("t1 write 0 4\n t2 write 0 4"), 1u);
  EXPECT_EQ(races("t1 write 0 4\n t2 read 0 4"), 1u);
  EXPECT_EQ(races("t1 read 0 4\n t2 write 0 4"), 1u);
  EXPECT_EQ(races("t1 read 0 4\n t2 read 0 4"), 0u);
  EXPECT_EQ(races("t1 write 0 4\n t2 write 4 4"), 0u);
}

TEST(NaiveModel, RaceIsCountedOncePerWord) {
  EXPECT_EQ(races("t1 write 0 8\n t2 write 4 8"), 1u);
  EXPECT_EQ(races("t1 write 0 16\n t2 write 4 8"), 2u);
}

TEST(NaiveModel, CreationAndJoinOrder) {
  EXPECT_EQ(races("t1 write 0 4\n t1 finish\n t0 join t1\n t0 write 0 4"), 0u);
  EXPECT_EQ(races("t1 write 0 4\n t1 finish\n t0 write 0 4\n t0 join t1"), 1u);
  EXPECT_EQ(races("t1 write 0 4\n t1 create t4\n t4 write 0 4"), 0u);
  EXPECT_EQ(races("t1 create t4\n t1 write 0 4\n t4 write 0 4"), 1u);
}

TEST(NaiveModel, LockOrders) {
  EXPECT_EQ(races("t1 lock 8\n t1 write 0 4\n t1 unlock 8\n t2 lock 8\n t2 write 0 4\n t2 unlock 8"), 0u);
  EXPECT_EQ(races("t1 lock 8\n t1 write 0 4\n t1 unlock 8\n t2 lock 16\n t2 write 0 4\n t2 unlock 16"), 1u);
  EXPECT_EQ(races("t1 lock 8\n t1 unlock 8\n t1 write 0 4\n t2 lock 8\n t2 write 0 4"), 1u);
}

TEST(NaiveModel, ReadersOrderOnlyAgainstWriters) {
  EXPECT_EQ(races("t1 read_lock 8\n t1 write 0 4\n t1 read_unlock 8\n t2 read_lock 8\n t2 write 0 4"), 1u);
  EXPECT_EQ(races("t1 read_lock 8\n t1 read 0 4\n t1 read_unlock 8\n t2 lock 8\n t2 write 0 4"), 0u);
  EXPECT_EQ(races("t1 lock 8\n t1 write 0 4\n t1 unlock 8\n t2 read_lock 8\n t2 read 0 4"), 0u);
}

TEST(NaiveModel, AcquireLoadOfReleaseStoreOrders) {
  EXPECT_EQ(races("t1 write 0 4\n t1 store 8 4 release\n t2 load 8 4 acquire\n t2 read 0 4"), 0u);
  EXPECT_EQ(races("t1 write 0 4\n t1 store 8 4 relaxed\n t2 load 8 4 acquire\n t2 read 0 4"), 1u);
  EXPECT_EQ(races("t1 write 0 4\n t1 store 8 4 release\n t2 load 8 4 relaxed\n t2 read 0 4"), 1u);
}

TEST(NaiveModel, ReleaseSequenceGoesOnThroughReadModifyWritesOnly) {
  const std::string head = "t1 write 0 4\n t1 store 8 4 release\n", tail = "t2 load 8 4 acquire\n t2 read 0 4";
  EXPECT_EQ(races(head + "t3 rmw 8 4 relaxed\n" + tail), 0u);
  EXPECT_EQ(races(head + "t3 store 8 4 relaxed\n" + tail), 1u);
  EXPECT_EQ(races(head + "t1 store 8 4 relaxed\n" + tail), 1u) << "C++20 no longer counts the same thread's stores";
}

TEST(NaiveModel, FencesOrder) {
  EXPECT_EQ(races("t1 write 0 4\n t1 fence release\n t1 store 8 4 relaxed\n t2 load 8 4 relaxed\n t2 fence acquire\n "
                  "t2 read 0 4"),
            0u);
  EXPECT_EQ(races("t1 fence release\n t1 write 0 4\n t1 store 8 4 relaxed\n t2 load 8 4 relaxed\n t2 fence acquire\n "
                  "t2 read 0 4"),
            1u);
  EXPECT_EQ(races("t1 write 0 4\n t1 fence release\n t1 store 8 4 relaxed\n t2 fence acquire\n t2 load 8 4 relaxed\n "
                  "t2 read 0 4"),
            1u);
}

TEST(NaiveModel, FailedCompareExchangeIsALoad) {
  EXPECT_EQ(races("t1 write 0 4\n t1 store 8 4 release\n t2 failed_cas 8 4 acquire\n t2 read 0 4"), 0u);
  EXPECT_EQ(
      races("t1 write 0 4\n t1 store 8 4 release\n t3 failed_cas 8 4 relaxed\n t2 load 8 4 acquire\n t2 read 0 4"), 0u);
}

TEST(NaiveModel, AtomicsRaceWithPlainAccessesOnly) {
  EXPECT_EQ(races("t1 store 8 4 relaxed\n t2 store 8 4 relaxed"), 0u);
  EXPECT_EQ(races("t1 store 8 4 relaxed\n t2 read 8 4"), 1u);
  EXPECT_EQ(races("t1 load 8 4 relaxed\n t2 write 8 4"), 1u);
  EXPECT_EQ(races("t1 load 8 4 relaxed\n t2 read 8 4"), 0u);
}

TEST(NaiveModel, OldReadersAreRemembered) {
  EXPECT_EQ(races("t1 read 0 4\n t2 read 0 4\n t3 read 0 4\n t0 write 0 4"), 3u);
  EXPECT_EQ(races("t1 read 0 4\n t1 release 64\n t2 acquire 64\n t2 read 0 4\n t3 write 0 4"), 1u)
      << "t2's read stands for t1's";
}

TEST(NaiveModel, BlockHandedOutAgainHasNoHistory) {
  EXPECT_EQ(races("t1 write 0 4\n t2 allocate 0 8\n t2 write 0 4"), 0u);
  EXPECT_EQ(races("t1 allocate 0 8\n t2 write 0 4"), 1u);
  EXPECT_EQ(races("t1 allocate 0 8\n t1 release 64\n t2 acquire 64\n t2 free 0 8\n t1 read 0 4"), 1u)
      << "use after free";
}

TEST(NaiveModel, IgnoredAccessesAreNeitherCheckedNorRemembered) {
  EXPECT_EQ(races("t1 ignore_begin\n t1 write 0 4\n t1 ignore_end\n t2 write 0 4"), 0u);
  EXPECT_EQ(races("t1 write 0 4\n t2 ignore_begin\n t2 write 0 4"), 0u);
}

}  // namespace
}  // namespace snag::model
