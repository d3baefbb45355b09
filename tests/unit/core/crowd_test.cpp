// Words that many threads read in ever new segments: their readers are a table that changes in place.
#include "core/crowds.h"

#include <algorithm>
#include <map>
#include <set>

#include "detector_fixture.h"
#include "together.h"

namespace snag {
namespace {

std::vector<uint32_t> membersOf(const Crowds& crowds, uint32_t crowd) {
  std::vector<uint32_t> members;
  crowds.forEach(crowd, [&](SegmentId each) { members.push_back(raw(each)); });
  std::sort(members.begin(), members.end());
  return members;
}

TEST(Crowds, KeepTheLastSegmentOfEachThread) {
  Crowds crowds;
  const uint32_t crowd = crowds.take(), other = crowds.take();
  crowds.place(crowd, ThreadSlot{1}).join(SegmentId{10});
  crowds.place(crowd, ThreadSlot{2}).join(SegmentId{20});
  crowds.place(crowd, ThreadSlot{1}).join(SegmentId{11});
  crowds.place(other, ThreadSlot{1}).join(SegmentId{12});
  EXPECT_EQ(membersOf(crowds, crowd), (std::vector<uint32_t>{11, 20}));
  EXPECT_EQ(membersOf(crowds, other), (std::vector<uint32_t>{12}));
  EXPECT_TRUE(crowds.holds(crowd, ThreadSlot{1}, SegmentId{11}));
  EXPECT_FALSE(crowds.holds(crowd, ThreadSlot{1}, SegmentId{10}));
  EXPECT_FALSE(crowds.holds(crowd, ThreadSlot{3}, SegmentId{11}));
}

TEST(Crowds, TakeInThreadsOfAnySlot) {
  Crowds crowds;
  const uint32_t crowd = crowds.take();
  std::vector<uint32_t> expected;
  for (uint32_t slot = 0; slot < 1000; slot += 7) {
    crowds.place(crowd, ThreadSlot{slot}).join(SegmentId{slot + 1});
    expected.push_back(slot + 1);
  }
  crowds.place(crowd, ThreadSlot{Crowds::kMostSlots - 1}).join(SegmentId{5000});
  expected.push_back(5000);
  EXPECT_EQ(membersOf(crowds, crowd), expected);
  EXPECT_FALSE(Crowds::admits(ThreadSlot{Crowds::kMostSlots}));
  EXPECT_FALSE(crowds.holds(crowd, ThreadSlot{Crowds::kMostSlots}, kNoSegment));
}

TEST(Crowds, NumbersComeBackWithoutMembers) {
  Crowds crowds;
  std::set<uint32_t> numbers;
  while (!crowds.isFull()) numbers.insert(crowds.take());
  EXPECT_EQ(numbers.size(), Crowds::kMost);
  crowds.place(17, ThreadSlot{1}).join(SegmentId{10});
  crowds.place(17, ThreadSlot{65}).join(SegmentId{11});
  crowds.place(18, ThreadSlot{1}).join(SegmentId{12});
  crowds.giveBack(17);
  EXPECT_FALSE(crowds.isFull());
  EXPECT_EQ(crowds.take(), 17u);
  EXPECT_TRUE(crowds.isFull());
  EXPECT_EQ(membersOf(crowds, 17), std::vector<uint32_t>{});
  crowds.place(17, ThreadSlot{65}).join(SegmentId{13});
  EXPECT_EQ(membersOf(crowds, 17), (std::vector<uint32_t>{13})) << "what slot 1 has read was another crowd's word";
  EXPECT_EQ(membersOf(crowds, 18), (std::vector<uint32_t>{12}));
}

class CrowdedWord : public DetectorTest {
 protected:
  CrowdedWord() : DetectorTest({.crowdOneIn = 1, .crowdChecks = 1 << 30}) {
    for (int i = 0; i < 6; ++i) readers.push_back(&newThread(main));
    for (int round = 0; round < 4; ++round) everyoneReads();
  }
  // Each in a new segment of which nobody learns.
  void everyoneReads() {
    for (TestThread* reader : readers) reader->read(x, 8), reader->read(y, 8), nextSegment(*reader);
  }
  void nextSegment(TestThread& thread) { thread.release(line(20 + thread.number)); }
  void tell(TestThread& from, TestThread& to) { from.release(n), to.acquire(n); }
  void expectRaces(size_t count, int line) {
    EXPECT_EQ(races.size(), count) << "line " << line;
    races.clear();
  }

  std::vector<TestThread*> readers;
};

TEST_F(CrowdedWord, IsOneThatManyReadAllTheTime) {
  EXPECT_TRUE(shadow(x).showsCrowd());
  EXPECT_TRUE(shadow(x).isEscaped());
  EXPECT_FALSE(shadow(x).isSplit());
}

TEST_F(CrowdedWord, WriterRacesWithEveryReader) {
  t1.write(x, 8);
  expectRaces(6, __LINE__);
  EXPECT_FALSE(shadow(x).showsCrowd());
}

TEST_F(CrowdedWord, WriterThatKnowsAllReadersIsSilent) {
  for (TestThread* reader : readers) tell(*reader, t1);
  t1.write(x, 8);
  expectRaces(0, __LINE__);
  EXPECT_FALSE(shadow(x).isEscaped());
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
  EXPECT_TRUE(shadow(x).showsCrowd());
  expectRaces(0, __LINE__);
  t2.read(x, 8);  // has not heard of t1
  expectRaces(1, __LINE__);
}

TEST_F(CrowdedWord, ReadAgainInOneSegmentChangesNothing) {
  readers[0]->read(x, 8), readers[0]->read(y, 8);
  const uint64_t before = shadow(x).bits();
  readers[0]->read(x, 8), readers[0]->read(y, 8), readers[0]->read(x + 4, 4);
  EXPECT_EQ(shadow(x).bits(), before);
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
  EXPECT_FALSE(shadow(x).showsCrowd());
  t2.write(x + 4, 4);
  expectRaces(6, __LINE__);
  t2.write(x, 4);
  expectRaces(7, __LINE__);
}

TEST_F(CrowdedWord, ALockInItStaysWhenTheReadersGo) {
  t1.lock(x), t1.unlock(x);
  everyoneReads();
  for (TestThread* reader : readers) tell(*reader, t2);
  t2.write(x, 8);
  expectRaces(0, __LINE__);
  EXPECT_TRUE(shadow(x).isEscaped());
  t1.lock(x), t1.write(m, 8), t1.unlock(x), t3.lock(x), t3.write(m, 8), t3.unlock(x);
  expectRaces(0, __LINE__);
}

TEST_F(CrowdedWord, IsForgottenWithItsMemory) {
  readers[0]->read(x, 8), readers[0]->read(x, 8);
  detector->forgetRange(x, 8);
  EXPECT_EQ(shadow(x).bits(), 0u);
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

// More than a thread can tell apart without the detector.
class ManyCrowdedWords : public CrowdedWord {
 protected:
  ManyCrowdedWords() {
    for (int round = 0; round < 4; ++round)
      for (TestThread* reader : readers) readAll(*reader), nextSegment(*reader);
  }
  void readAll(TestThread& reader) {
    for (size_t i = 0; i < kWords; ++i) reader.read(x + 8 * i, 8);
  }
  size_t crowds() const {
    size_t count = 0;
    for (size_t i = 0; i < kWords; ++i) count += shadow(x + 8 * i).showsCrowd();
    return count;
  }
  static constexpr size_t kWords = 4 * SNAG_JOINED_HALVES;
};

TEST_F(ManyCrowdedWords, CarryASetAgainIfTheyAreOnlyReadAgain) {
  EXPECT_EQ(crowds(), kWords);
  for (int i = 0; i < 1000; ++i) readAll(*readers[0]);
  EXPECT_LE(crowds(), SNAG_JOINED_HALVES) << "those pass anyway";
  std::set<SegmentId> sets;
  for (size_t i = 0; i < kWords; ++i)
    if (!shadow(x + 8 * i).isEscaped()) sets.insert(shadow(x + 8 * i).reader().id);
  EXPECT_EQ(sets.size(), 1u) << "so that all pass inline";
  t1.write(x, 8 * kWords);
  expectRaces(6 * kWords, __LINE__);
}

TEST_F(ManyCrowdedWords, AreOneReadersWhoKnowsAllOthersAndReadsThemAgain) {
  TestThread* last = readers[5];
  for (TestThread* reader : readers)
    if (reader != last) tell(*reader, *last);
  for (int i = 0; i < 1000; ++i) readAll(*last);
  EXPECT_LE(crowds(), SNAG_JOINED_HALVES);
  for (size_t i = 0; i < kWords; ++i)
    if (!shadow(x + 8 * i).isEscaped()) EXPECT_EQ(shadow(x + 8 * i).reader().id, last->state->segment.load());
  tell(*last, t1);
  t1.write(x, 8 * kWords);
  expectRaces(0, __LINE__);
}

TEST_F(ManyCrowdedWords, StayCrowdedWhileTheirReadersChange) {
  for (int i = 0; i < 100; ++i) readAll(*readers[0]), nextSegment(*readers[0]);
  EXPECT_EQ(crowds(), kWords);
}

class RecycledCrowd : public DetectorTest {
 protected:
  RecycledCrowd() : DetectorTest({.segmentIds = 256, .crowdOneIn = 1, .crowdChecks = 1 << 30}) {}
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

// By threads with segments as a program has them.
class LongSegments : public DetectorTest {
 protected:
  bool getsCrowd(size_t accesses) {
    for (int round = 0; round < 200; ++round)
      for (TestThread* reader : {&t1, &t2}) {
        for (size_t i = 0; i < accesses; ++i) reader->write(line(100 + 200 * reader->number + i), 4);
        reader->read(x, 8);
        reader->release(reader == &t1 ? m : n);
      }
    return shadow(x).showsCrowd();
  }
};

TEST_F(LongSegments, MakeNoCrowds) { EXPECT_FALSE(getsCrowd(150)); }
TEST_F(LongSegments, AreNotThoseOfAHundredAccesses) { EXPECT_TRUE(getsCrowd(100)); }

// Readers join without a lock while somebody else takes the crowd off the word.
class ContendedCrowds : public CrowdedWord {
 protected:
  ContendedCrowds() {
    for (int round = 0; round < 3; ++round)
      for (TestThread* reader : readers) {
        for (size_t i = 0; i < kWords; ++i) reader->read(word(i), 8);
        nextSegment(*reader);
      }
    for (TestThread* reader : readers) tell(*reader, t1), tell(*reader, t2);
  }
  uintptr_t word(size_t i) const { return line(100) + 8 * i; }
  std::set<uintptr_t> racingWords() const {
    std::set<uintptr_t> words;
    for (const Race& race : races) words.insert(race.racingAddress & ~uintptr_t{7});
    return words;
  }
  static constexpr size_t kWords = 3'000;
};

TEST_F(ContendedCrowds, AllWordsHaveOne) {
  for (size_t i = 0; i < kWords; ++i) ASSERT_TRUE(shadow(word(i)).showsCrowd()) << i;
}

TEST_F(ContendedCrowds, OfASimultaneousReadAndWriteOneSeesTheOther) {
  together(kWords, [&](int who, size_t i) { who ? t1.write(word(i), 8) : readers[0]->read(word(i), 8); });
  EXPECT_EQ(racingWords().size(), kWords);
}

TEST_F(ContendedCrowds, OfASimultaneousReadAndAtomicStoreOneSeesTheOther) {
  together(kWords, [&](int who, size_t i) { who ? t1.store(word(i), kRelaxed, 8) : readers[0]->read(word(i), 8); });
  EXPECT_EQ(racingWords().size(), kWords);
}

TEST_F(ContendedCrowds, ASimultaneousReaderOfAPartLosesNoReader) {
  together(kWords, [&](int who, size_t i) { who ? t2.read(word(i), 4) : readers[0]->read(word(i), 8); });
  EXPECT_TRUE(races.empty());
  for (size_t i = 0; i < kWords; ++i) t1.write(word(i), 8);
  std::map<uintptr_t, std::set<uint32_t>> found;
  for (size_t i = 0; i < races.size(); ++i)
    found[races[i].racingAddress & ~uintptr_t{7}].insert(races[i].earlier.thread->number);
  ASSERT_EQ(found.size(), kWords);
  for (const auto& [address, threads] : found)
    EXPECT_EQ(threads, (std::set<uint32_t>{readers[0]->number, t2.number})) << address;
}

TEST_F(ContendedCrowds, AReaderJoinsTheOneThatAnotherHasJustMade) {
  const auto fresh = [&](size_t i) { return word(kWords + i); };
  for (TestThread* reader : readers)
    for (size_t i = 0; i < kWords; ++i) reader->read(fresh(i), 8);
  for (TestThread* reader : readers) nextSegment(*reader);
  together(kWords, [&](int who, size_t i) { readers[static_cast<size_t>(who)]->read(fresh(i), 8); });
  size_t crowded = 0;
  for (size_t i = 0; i < kWords; ++i) crowded += shadow(fresh(i)).showsCrowd();
  EXPECT_EQ(crowded, kWords);
}

TEST_F(ContendedCrowds, TwoThatReadThemAgainAndAgainLoseNoReader) {
  together(kWords / 100, [&](int who, size_t step) {
    TestThread& reader = *readers[static_cast<size_t>(who)];
    for (size_t i = 100 * step; i < 100 * (step + 1); ++i)
      for (int times = 0; times < 100; ++times)
        reader.read(word(i - i % 50 + (i + static_cast<size_t>(times)) % 50), 8);
    if (step % 2 != 0) nextSegment(reader);
  });
  EXPECT_TRUE(races.empty());
  for (size_t i = 0; i < kWords; ++i) {
    races.clear();
    t1.write(word(i), 8);
    ASSERT_EQ(races.size(), 2u) << i;
  }
}

}  // namespace
}  // namespace snag
