// Eight bytes, eight histories: words whose bytes were last touched in different segments, by any number of threads.
#include "detector_fixture.h"

namespace snag {
namespace {

class WordBytes : public DetectorTest {
 protected:
  std::vector<TestThread*> eightThreads() {
    std::vector<TestThread*> threads{&t1, &t2, &t3};
    while (threads.size() < 8) threads.push_back(&newThread(main));
    return threads;
  }
};

TEST_F(WordBytes, NeighbouringBytesDoNotRace) {
  const auto threads = eightThreads();
  for (size_t i = 0; i < 8; ++i) threads[i]->write(x + i, 1);
  for (size_t i = 0; i < 8; ++i) threads[i]->read(x + i, 1);
  EXPECT_TRUE(races.empty());
}

TEST_F(WordBytes, EachByteKeepsItsOwnWriter) {
  const auto threads = eightThreads();
  for (size_t i = 0; i < 8; ++i) threads[i]->write(x + i, 1);
  for (size_t i = 0; i < 8; ++i) {
    races.clear();
    earlierThreads.clear();
    threads[(i + 1) % 8]->read(x + i, 1);
    ASSERT_EQ(races.size(), 1u) << i;
    EXPECT_EQ(earlierThreads[0], threads[i]->number);
    EXPECT_EQ(races[0].racingAddress, x + i);
    EXPECT_EQ(races[0].racingSize, 1u);
  }
}

TEST_F(WordBytes, WholeWordRacesWithEveryBytesWriter) {
  const auto threads = eightThreads();
  for (size_t i = 0; i < 8; ++i) threads[i]->write(x + i, 1);
  main.read(x, 8);
  EXPECT_EQ(races.size(), 8u);
}

TEST_F(WordBytes, EightReadersAreAllRemembered) {
  for (TestThread* t : eightThreads()) t->read(x, 8);
  main.write(x + 3, 1);
  EXPECT_EQ(races.size(), 8u);
}

TEST_F(WordBytes, EightRacingWritersAreAllRemembered) {
  size_t expected = 0, before = 0;
  for (TestThread* t : eightThreads()) {
    t->write(x, 8);
    expected += before++;
  }
  EXPECT_EQ(races.size(), expected);
}

TEST_F(WordBytes, PackedFieldsUnderDifferentLocksDoNotRace) {
  for (int i = 0; i < 3; ++i) {
    t1.lock(m), t1.write(x, 4), t1.unlock(m);
    t2.lock(n), t2.write(x + 4, 4), t2.unlock(n);
    t3.lock(m), t3.write(x, 4), t3.unlock(m);
    t3.lock(n), t3.read(x + 4, 4), t3.unlock(n);
  }
  EXPECT_TRUE(races.empty());
}

TEST_F(WordBytes, WriteKeepsTheHistoryOfBytesOutsideIt) {
  t1.write(x, 8);
  t1.release(m);
  t2.acquire(m);
  t2.write(x, 4);
  t3.write(x + 4, 4);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(earlierThreads[0], t1.number);
}

TEST_F(WordBytes, ReadersOfDifferentBytesAreKeptApart) {
  t1.read(x, 4);
  t2.read(x + 4, 4);
  t3.write(x + 2, 2);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(earlierThreads[0], t1.number);
  t3.write(x + 6, 2);
  ASSERT_EQ(races.size(), 2u);
  EXPECT_EQ(earlierThreads[1], t2.number);
}

TEST_F(WordBytes, OneAccessOverTheWholeWordMakesItOneAgain) {
  t1.write(x, 1);
  t1.release(m);
  t2.acquire(m);
  t2.write(x + 1, 1);
  t2.release(n);
  t3.acquire(n);
  t3.write(x, 8);
  EXPECT_TRUE(races.empty());
  main.write(x, 8);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(earlierThreads[0], t3.number);
}

TEST_F(WordBytes, RacingBytesOfTwoSegmentsOfOneThreadAreTwoRaces) {
  t1.write(x, 2);
  t1.release(m);
  t1.write(x + 2, 2);
  t2.write(x, 8);
  EXPECT_EQ(races.size(), 2u);
}

}  // namespace
}  // namespace snag
