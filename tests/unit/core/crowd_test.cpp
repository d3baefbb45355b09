// Words that many threads read in ever new segments: their readers are a table that changes in place.
#include "core/crowd.h"

#include <algorithm>
#include <set>

#include "detector_fixture.h"
#include "together.h"

namespace snag {
namespace {

std::vector<uint32_t> membersOf(const Crowd& crowd) {
  std::vector<uint32_t> members;
  crowd.forEach([&](SegmentId each) { members.push_back(raw(each)); });
  std::sort(members.begin(), members.end());
  return members;
}

TEST(Crowd, KeepsTheLastSegmentOfEachThread) {
  Crowd crowd(2);
  crowd.join(SegmentId{10}, ThreadSlot{1});
  crowd.join(SegmentId{20}, ThreadSlot{2});
  crowd.join(SegmentId{11}, ThreadSlot{1});
  EXPECT_EQ(membersOf(crowd), (std::vector<uint32_t>{11, 20}));
  EXPECT_TRUE(crowd.holds(SegmentId{11}, ThreadSlot{1}));
  EXPECT_FALSE(crowd.holds(SegmentId{10}, ThreadSlot{1}));
  EXPECT_FALSE(crowd.holds(SegmentId{11}, ThreadSlot{3}));
}

TEST(Crowd, GrowsWhenNobodyGoes) {
  Crowd crowd(1);
  std::vector<uint32_t> expected;
  for (uint32_t i = 1; i <= 500; ++i) {
    if (crowd.isPruneDue()) crowd.prune([](SegmentId) { return false; });
    crowd.join(SegmentId{i}, ThreadSlot{i * 64});  // slots that all want the same place at first
    expected.push_back(i);
  }
  EXPECT_EQ(crowd.size(), 500u);
  EXPECT_EQ(membersOf(crowd), expected);
  EXPECT_TRUE(crowd.holds(SegmentId{250}, ThreadSlot{250 * 64}));
}

TEST(Crowd, PruningDropsWhatGoesAndFindsTheRest) {
  Crowd crowd(8);
  for (uint32_t i = 1; i <= 8; ++i) crowd.join(SegmentId{i}, ThreadSlot{16 * i});
  crowd.prune([](SegmentId each) { return raw(each) % 2 != 0; });
  EXPECT_EQ(membersOf(crowd), (std::vector<uint32_t>{2, 4, 6, 8}));
  for (uint32_t i = 1; i <= 8; ++i) EXPECT_EQ(crowd.holds(SegmentId{i}, ThreadSlot{16 * i}), i % 2 == 0) << i;
}

TEST(Crowd, PruningIsDueNowAndThenEvenIfItIsNotFull) {
  Crowd crowd(4);
  uint32_t joins = 0;
  while (!crowd.isPruneDue()) crowd.join(SegmentId{++joins}, ThreadSlot{1});
  EXPECT_GT(joins, 4u);
  EXPECT_EQ(crowd.size(), 1u);
}

class CrowdedWord : public DetectorTest {
 protected:
  CrowdedWord() : DetectorTest({.crowdSize = 3, .crowdChurn = 2}) {
    for (int i = 0; i < 6; ++i) readers.push_back(&newThread(main));
    for (int round = 0; round < 4; ++round) everyoneReads();
  }
  // Each in a new segment of which nobody learns.
  void everyoneReads() {
    for (TestThread* reader : readers) reader->read(x, 8), reader->read(y, 8), nextSegment(*reader);
  }
  void nextSegment(TestThread& thread) { thread.release(line(20 + thread.number)); }
  void tell(TestThread& from, TestThread& to) { from.release(n), to.acquire(n); }
  ShadowWord word(uintptr_t address) const {
    return ShadowWord(*reinterpret_cast<const uint64_t*>(space.layout().shadowOf(address)));
  }
  void expectRaces(size_t count, int line) {
    EXPECT_EQ(races.size(), count) << "line " << line;
    races.clear();
  }

  std::vector<TestThread*> readers;
};

TEST_F(CrowdedWord, IsOneThatManyReadAllTheTime) {
  EXPECT_TRUE(word(x).showsCrowd());
  EXPECT_TRUE(word(x).isEscaped());
  EXPECT_FALSE(word(x).isSplit());
}

TEST_F(CrowdedWord, WriterRacesWithEveryReader) {
  t1.write(x, 8);
  expectRaces(6, __LINE__);
  EXPECT_FALSE(word(x).showsCrowd());
}

TEST_F(CrowdedWord, WriterThatKnowsAllReadersIsSilent) {
  for (TestThread* reader : readers) tell(*reader, t1);
  t1.write(x, 8);
  expectRaces(0, __LINE__);
  EXPECT_FALSE(word(x).isEscaped());
  readers[0]->read(x, 8);
  expectRaces(1, __LINE__);
}

TEST_F(CrowdedWord, WriterThatKnowsEarlierReadsRacesWithTheLaterOne) {
  for (TestThread* reader : readers) tell(*reader, t1);
  readers[3]->read(x, 8);
  t1.write(x, 8);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].earlier.thread->number, readers[3]->number);
}

TEST_F(CrowdedWord, ReaderRacesWithTheWriterBefore) {
  for (TestThread* reader : readers) tell(*reader, t1);
  t1.write(x, 8);
  for (TestThread* reader : readers) tell(t1, *reader);
  for (int round = 0; round < 4; ++round) everyoneReads();
  EXPECT_TRUE(word(x).showsCrowd());
  expectRaces(0, __LINE__);
  t2.read(x, 8);  // has not heard of t1
  expectRaces(1, __LINE__);
}

TEST_F(CrowdedWord, ReadAgainInOneSegmentChangesNothing) {
  readers[0]->read(x, 8), readers[0]->read(y, 8);
  const uint64_t before = word(x).bits();
  readers[0]->read(x, 8), readers[0]->read(y, 8), readers[0]->read(x + 4, 4);
  EXPECT_EQ(word(x).bits(), before);
  t1.write(x, 8);
  expectRaces(6, __LINE__);
}

TEST_F(CrowdedWord, WriteOfAPartRacesOnceWithEveryReader) {
  readers[0]->read(x, 8), readers[0]->read(x, 8);
  t1.write(x, 2);
  expectRaces(6, __LINE__);
  readers[0]->read(x, 8);  // that pair was told
  expectRaces(0, __LINE__);
  nextSegment(*readers[0]);
  readers[0]->read(x, 8);
  expectRaces(1, __LINE__);
  t2.write(x + 4, 4);
  expectRaces(6, __LINE__);
}

TEST_F(CrowdedWord, ReaderOfAPartIsAddedToThatPart) {
  t1.read(x, 4);
  EXPECT_FALSE(word(x).showsCrowd());
  t2.write(x + 4, 4);
  expectRaces(6, __LINE__);
  t2.write(x, 4);
  expectRaces(7, __LINE__);
}

TEST_F(CrowdedWord, BecomesSmallWhenItsReadersAreKnown) {
  TestThread* last = readers[5];
  for (TestThread* reader : readers)
    if (reader != last) tell(*reader, *last);
  for (int i = 0; i < 100 && word(x).showsCrowd(); ++i) last->read(x, 8), nextSegment(*last);
  EXPECT_FALSE(word(x).isEscaped());
  tell(*last, t1);
  t1.write(x, 8);
  expectRaces(0, __LINE__);
}

TEST_F(CrowdedWord, CarriesASetAgainIfItIsOnlyReadAgain) {
  for (int i = 0; i < 100'000 && (word(x).showsCrowd() || word(y).showsCrowd()); ++i)
    readers[0]->read(x, 8), readers[0]->read(y, 8);
  EXPECT_FALSE(word(x).isEscaped());
  EXPECT_EQ(word(x).reader().id, word(y).reader().id) << "so that both pass inline";
  t1.write(x, 8);
  expectRaces(6, __LINE__);
}

TEST_F(CrowdedWord, ALockInItStaysWhenTheReadersGo) {
  t1.lock(x), t1.unlock(x);
  everyoneReads();
  for (TestThread* reader : readers) tell(*reader, t2);
  t2.write(x, 8);
  expectRaces(0, __LINE__);
  EXPECT_TRUE(word(x).isEscaped());
  t1.lock(x), t1.write(m, 8), t1.unlock(x), t3.lock(x), t3.write(m, 8), t3.unlock(x);
  expectRaces(0, __LINE__);
}

TEST_F(CrowdedWord, IsForgottenWithItsMemory) {
  readers[0]->read(x, 8), readers[0]->read(x, 8);
  detector->forgetRange(x, 8);
  EXPECT_EQ(word(x).bits(), 0u);
  t1.write(x, 8);
  expectRaces(0, __LINE__);
  readers[0]->read(x, 8);
  expectRaces(1, __LINE__);
}

TEST_F(CrowdedWord, FreeRacesWithEveryReader) {
  t1.free(x, 8);
  expectRaces(6, __LINE__);
}

TEST_F(CrowdedWord, AtomicStoreRacesWithEveryReader) {
  t1.store(x, kRelaxed, 8);
  expectRaces(6, __LINE__);
  readers[0]->read(x, 8);
  expectRaces(1, __LINE__);
}

class RecycledCrowd : public DetectorTest {
 protected:
  RecycledCrowd() : DetectorTest({.segmentIds = 256, .crowdSize = 3, .crowdChurn = 2}) {}
};

TEST_F(RecycledCrowd, KeepsItsMembersAlive) {
  std::vector<TestThread*> readers;
  for (int i = 0; i < 6; ++i) readers.push_back(&newThread(main));
  for (int round = 0; round < 4; ++round)
    for (TestThread* reader : readers) reader->read(x, 8), reader->release(line(20 + reader->number));
  for (int round = 0; round < 2000; ++round) t1.write(y, 8), t1.release(m);
  EXPECT_GT(detector->statistics().collections, 3u);
  t2.write(x, 8);
  EXPECT_EQ(races.size(), 6u);
  std::vector<uint32_t> numbers;
  for (const TestThread* reader : readers) numbers.push_back(reader->number);
  std::sort(earlierThreads.begin(), earlierThreads.end());
  EXPECT_EQ(earlierThreads, numbers);
}

// Two of them at the same moment, again and again, while the table is pruned and grows, and the word goes back and
// forth between a crowd and a set.
TEST_F(CrowdedWord, SimultaneousReadersAreAllRemembered) {
  for (unsigned round = 0; round < 200; ++round) {
    together(50, [&](int who, size_t step) {
      for (size_t i = static_cast<size_t>(who); i < readers.size(); i += 2) {
        readers[i]->read(x, 8);
        if (step % 3 == i % 3) readers[i]->read(x, 8);
        nextSegment(*readers[i]);
      }
    });
    ASSERT_TRUE(races.empty());
    t1.write(x, 8);
    std::set<uint32_t> found(earlierThreads.begin(), earlierThreads.end());
    ASSERT_EQ(found.size(), readers.size()) << "round " << round;
    races.clear();
    earlierThreads.clear();
    for (TestThread* reader : readers) tell(t1, *reader);
  }
}

}  // namespace
}  // namespace snag
