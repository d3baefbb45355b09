// Creation, end, join and detachment of threads, and the reuse of their places in vector clocks.
#include "detector_fixture.h"

namespace snag {
namespace {

using ThreadEdges = DetectorTest;

TEST_F(ThreadEdges, CreatorsPastHappensBeforeTheNewThread) {
  main.write(x);
  TestThread& t = newThread(main);
  t.write(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(ThreadEdges, CreatorsFutureDoesNot) {
  TestThread& t = newThread(main);
  main.write(x);
  t.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(ThreadEdges, JoinedThreadHappensBeforeItsJoiner) {
  t1.write(x);
  t1.finish();
  main.join(t1);
  main.write(x);
  EXPECT_TRUE(races.empty());
}

TEST_F(ThreadEdges, FinishedThreadIsUnorderedUntilItIsJoined) {
  t1.write(x);
  t1.finish();
  main.write(x);
  EXPECT_EQ(races.size(), 1u);
  main.join(t1);
}

TEST_F(ThreadEdges, DetachedThreadIsOrderedByNothing) {
  main.detach(t1);
  t1.write(x);
  t1.finish();
  main.write(x);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(earlierThreads[0], t1.number);
}

TEST_F(ThreadEdges, ThreadMayBeDetachedAfterItsEnd) {
  t1.write(x);
  t1.finish();
  main.detach(t1);
  main.write(x);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(ThreadEdges, EndedThreadIsStillNamedByItsNumberAndCreator) {
  TestThread& t = newThread(t2);
  t.write(x);
  t.finish();
  t2.join(t);
  main.write(x);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].earlier.thread->number, t.number);
  EXPECT_EQ(races[0].earlier.thread->creator, t2.number);
  EXPECT_EQ(races[0].earlier.thread->osId, 1000 + t.number);
  EXPECT_TRUE(races[0].earlier.thread->finished);
}

TEST_F(ThreadEdges, NumbersCountCreations) {
  EXPECT_EQ(main.number, 0u);
  EXPECT_EQ(t1.number, 1u);
  EXPECT_EQ(newThread(t1).number, 4u);
  EXPECT_EQ(detector->statistics().threads, 5u);
}

TEST_F(ThreadEdges, SlotIsReusedForAThreadWhoseCreatorJoinedTheOwner) {
  const ThreadSlot slot = t1.state->slot;
  t1.finish();
  main.join(t1);
  EXPECT_EQ(newThread(main).state->slot, slot);
}

TEST_F(ThreadEdges, SlotIsNotReusedByACreatorThatHasNotSeenItsOwnersEnd) {
  const ThreadSlot slot = t1.state->slot;
  t1.finish();
  main.join(t1);
  EXPECT_NE(newThread(t2).state->slot, slot);
}

TEST_F(ThreadEdges, PreviousOwnersOfASlotAreStillToldApart) {
  t1.write(x);
  t1.finish();
  main.join(t1);
  TestThread& t = newThread(main);
  t.write(y);
  t2.write(x);
  t2.write(y);
  ASSERT_EQ(races.size(), 2u);
  EXPECT_EQ(earlierThreads, (std::vector<uint32_t>{t1.number, t.number}));
}

TEST_F(ThreadEdges, ManyShortThreadsNeedFewSlots) {
  uint32_t highest = 0;
  for (int i = 0; i < 10'000; ++i) {
    TestThread t(*detector, &main);
    t.write(x);
    highest = std::max(highest, raw(t.state->slot));
    t.finish();
    main.join(t);
  }
  EXPECT_TRUE(races.empty());
  EXPECT_LE(highest, 8u);
}

TEST_F(ThreadEdges, AbandonedThreadLeavesNoTrace) {
  const uint32_t before = detector->statistics().threads;
  detector->abandonThread(detector->createThread(main.state, main.here()));
  main.write(x);
  main.write(y);
  TestThread& t = newThread(main);
  t.write(x);
  EXPECT_TRUE(races.empty());
  EXPECT_GE(detector->statistics().threads, before);
}

TEST_F(ThreadEdges, ThreadIsFoundByAnAddressOnItsStack) {
  t1.state->record->stackStart = y;
  t1.state->record->stackEnd = y + 64;
  ASSERT_NE(detector->threadOfAddress(y + 8), nullptr);
  EXPECT_EQ(detector->threadOfAddress(y + 8)->number, t1.number);
  EXPECT_EQ(detector->threadOfAddress(y + 64), nullptr);
}

TEST_F(ThreadEdges, RecordIsFoundByNumber) {
  ASSERT_NE(detector->threadRecord(t2.number), nullptr);
  EXPECT_EQ(detector->threadRecord(t2.number)->number, t2.number);
  EXPECT_EQ(detector->threadRecord(77), nullptr);
}

TEST_F(ThreadEdges, ParentOfAForkGoesOnAsBefore) {
  t1.write(x);
  detector->beforeFork();
  detector->afterForkInParent();
  t2.write(x);
  t1.release(m);
  t3.acquire(m);
  t3.write(y);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(ThreadEdges, ChildOfAForkGoesOnAlone) {
  t1.write(y);
  detector->beforeFork();
  detector->afterForkInChild(*t2.state);
  t2.write(x);
  TestThread& t = newThread(t2);
  t.write(x);
  EXPECT_TRUE(races.empty());
  t2.write(x);
  EXPECT_EQ(races.size(), 1u);
}

}  // namespace
}  // namespace snag
