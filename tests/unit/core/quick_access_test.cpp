// Accesses in front of the detector: from memory only while the rules would say the same, and else by the rules.
#include "core/quick_access.h"

#include <set>

#include "detector_fixture.h"
#include "together.h"

namespace snag {
namespace {

class QuickAccess : public DetectorTest {
 protected:
  explicit QuickAccess(const DetectorConfig& config = {}) : DetectorTest(config) {
    site_.kind = SNAG_SITE_WRITE;
    site_.size = 8;
  }

  bool writeQuickly(TestThread& thread, uintptr_t address) {
    return quickAccess<8, true>(detector->impl(), *thread.state, &site_, 1, address);
  }
  // As the hook does.
  void write(TestThread& thread, uintptr_t address) {
    const Place place{&site_, 1, 0x1000, 0};
    if (writeQuickly(thread, address) || detector->accessWord<8, true>(*thread.state, place, address)) return;
    detector->access(*thread.state, place, address, 8, SNAG_SITE_WRITE);
  }
  // Words that nobody has touched; not side by side, or the log would make one run of them.
  uintptr_t word(size_t i) const { return line(16 + i); }

  SnagSite site_{};
};

TEST_F(QuickAccess, DecidesWhatLooksLikeAnAccessBefore) {
  EXPECT_FALSE(writeQuickly(t1, word(0))) << "the thread has no id for a segment";
  write(t1, word(0));
  EXPECT_TRUE(writeQuickly(t1, word(1)));
  EXPECT_TRUE(races.empty());
}

TEST_F(QuickAccess, IsRememberedLikeAnyOther) {
  write(t1, word(0));
  ASSERT_TRUE(writeQuickly(t1, word(1)));
  t2.read(word(1), 8);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].earlier.address, word(1));
  EXPECT_TRUE(races[0].earlier.isWrite);
}

TEST_F(QuickAccess, DoesNotDecideAboutAnotherWord) {
  write(t1, word(0));
  t2.write(word(1), 8);
  EXPECT_FALSE(writeQuickly(t1, word(1)));
  write(t1, word(1));
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(QuickAccess, DoesNotGoOnWithTheSegmentBefore) {
  write(t1, word(0));
  t1.release(m);
  EXPECT_TRUE(writeQuickly(t1, word(1)));
  t2.acquire(m);
  t2.read(word(0), 8);
  EXPECT_TRUE(races.empty());
  t2.read(word(1), 8);
  EXPECT_EQ(races.size(), 1u) << "the answer named the segment before";
}

TEST_F(QuickAccess, DecidesAboutWordsThatLookLikeNoneBefore) {
  t2.write(word(1), 8), t2.release(m);
  t2.write(word(2), 8), t2.release(m);
  t2.write(word(3), 8);
  t1.acquire(m);
  write(t1, word(0));
  EXPECT_TRUE(writeQuickly(t1, word(1)));
  EXPECT_TRUE(writeQuickly(t1, word(2)));
  EXPECT_FALSE(writeQuickly(t1, word(3))) << "it races";
  EXPECT_TRUE(races.empty());
  for (const size_t i : {size_t{1}, size_t{2}}) {
    races.clear();
    t3.read(word(i), 8);
    ASSERT_EQ(races.size(), 1u);
    EXPECT_EQ(races[0].earlier.address, word(i));
    EXPECT_EQ(races[0].earlier.thread->number, t1.number);
  }
}

TEST_F(QuickAccess, DecidesAnewWhenTheThreadHasLearned) {
  t2.write(word(1), 8);
  t2.write(word(2), 8);
  t2.write(word(3), 8);
  t2.release(m);
  t1.write(y, 8);
  t1.acquire(m);
  write(t1, word(1));
  EXPECT_TRUE(writeQuickly(t1, word(2))) << "written by the same segment";
  t2.write(word(4), 8);
  EXPECT_FALSE(writeQuickly(t1, word(4))) << "it races";
  t2.release(m);
  t1.acquire(m);
  EXPECT_TRUE(writeQuickly(t1, word(3)));
  EXPECT_TRUE(writeQuickly(t1, word(4)));
  EXPECT_TRUE(races.empty());
}

TEST_F(QuickAccess, TellsTheLogOfLocks) {
  write(t1, word(0));
  t1.lock(m);
  EXPECT_TRUE(writeQuickly(t1, word(1)));
  EXPECT_TRUE(t1.state->locks.isLogged()) << "it need not be told again";
  t1.lock(n);
  EXPECT_TRUE(writeQuickly(t1, word(2)));
  for (size_t i = 0; i < 3; ++i) {
    t2.write(word(i), 8);
    ASSERT_EQ(races.size(), i + 1);
    size_t count = 0;
    detector->lockSet(races[i].earlier.locks, &count);
    EXPECT_EQ(count, i);
  }
}

TEST_F(QuickAccess, KnowsAContextThatAnotherOneHasPushedAside) {
  const Place place{&site_, 1, 0x1000, 0}, sameIndex{&site_, 1 + ContextCache::kEntries, 0x2000, 0};
  ASSERT_TRUE((detector->accessWord<8, true>(*t1.state, place, word(0))));
  ASSERT_TRUE((detector->accessWord<8, true>(*t1.state, sameIndex, word(1))));
  EXPECT_TRUE(writeQuickly(t1, word(2)));
  t2.write(word(1), 8), t2.write(word(2), 8);
  ASSERT_EQ(races.size(), 2u);
  EXPECT_NE(races[0].earlier.context, races[1].earlier.context);
}

TEST_F(QuickAccess, LeavesANewContextAlone) {
  write(t1, word(0));
  EXPECT_FALSE((quickAccess<8, true>(detector->impl(), *t1.state, &site_, 2, word(1))));
}

TEST_F(QuickAccess, OfAThreadThatIsAloneForgetsWhatIsBesideIt) {
  t2.write(word(1), 40), t2.lock(word(1) + 48), t2.write(word(1) + 56, 8), t2.write(word(0) + 56, 8);
  const ShadowWord lock = shadow(word(1) + 48), before = shadow(word(0) + 56);
  t1.state->alone = true;
  EXPECT_TRUE(writeQuickly(t1, word(1) + 8));
  for (const size_t i : {0, 8, 16, 24, 32, 56}) EXPECT_EQ(shadow(word(1) + i), ShadowWord()) << i;
  EXPECT_EQ(shadow(word(1) + 48), lock);
  EXPECT_EQ(shadow(word(0) + 56), before);
  EXPECT_FALSE(writeQuickly(t1, word(1) + 48)) << "there is more to do about locks";
  EXPECT_EQ(t1.state->segment.load(), kNoSegment);
  t1.state->alone = false;
}

struct QuickAccessWithASmallLog : QuickAccess {
  QuickAccessWithASmallLog() : QuickAccess({.smallLogBytes = 4096, .logBudgetBytes = 8192}) {}
};

TEST_F(QuickAccessWithASmallLog, LeavesAFullLogToTheDetector) {
  for (size_t i = 0; i < 7001; ++i) write(t1, word(0) + i * 37 % 7001 * 8);  // none beside the one before
  EXPECT_LE(t1.state->record->log.bytes(), size_t{40} << 10);
}

TEST_F(QuickAccess, MakesRunsLonger) {
  write(t1, word(0));
  for (size_t i = 1; i < 300; ++i) ASSERT_TRUE(writeQuickly(t1, word(0) + 8 * i));
  const size_t bytes = t1.state->record->log.bytes();
  for (const size_t i : {0, 1, 2, 150, 299}) {
    t2.read(word(0) + 8 * i, 8);
    ASSERT_EQ(races.size(), 1u);
    EXPECT_TRUE(races[0].earlier.isWrite);
    races.clear();
  }
  EXPECT_LE(bytes, sizeof(LogChunk)) << "it is one entry";
}

// Each segment begins here, and has one access.
TEST_F(QuickAccess, LetsLogsBeCut) {
  const auto go = [&](int segments) {
    for (int i = 0; i < segments; ++i) {
      write(t1, word(static_cast<size_t>(i) % 8));
      t1.release(m), t2.acquire(m), t2.release(n), t3.acquire(n);
      if (i % 1000 == 0) t2.write(y, 8), t2.release(n), t3.acquire(n), t3.write(y, 8), t3.release(m), t2.acquire(m);
    }
  };
  go(400'000);
  EXPECT_LT(t1.state->record->log.bytes(), size_t{2} << 20);
}

TEST_F(QuickAccess, DoesNothingWhileAccessesAreIgnored) {
  write(t1, word(0));
  t1.state->ignoreAccesses();
  EXPECT_FALSE(writeQuickly(t1, word(1)));
  write(t1, word(1));
  EXPECT_FALSE(writeQuickly(t1, word(2))) << "what is ignored teaches nothing";
  t1.state->stopIgnoring();
  write(t1, word(1));
  EXPECT_TRUE(writeQuickly(t1, word(2)));
}

TEST_F(QuickAccess, DoesNothingInsideTheRuntime) {
  write(t1, word(0));
  t1.state->enterRuntime();
  EXPECT_FALSE(writeQuickly(t1, word(1)));
}

TEST_F(QuickAccess, StaysOutsideAClosedGate) {
  write(t1, word(0));
  detector->beforeFork();
  EXPECT_FALSE(writeQuickly(t1, word(1)));
  detector->afterForkInParent();
  write(t1, word(1));
  EXPECT_TRUE(writeQuickly(t1, word(2)));
}

TEST_F(QuickAccess, GoesOnWithTheSegment) {
  const Place place{&site_, 2, 0x1000, 0};
  detector->lockAcquired(*t1.state, place, m, LockMode::Write);
  write(t1, word(0));
  const SegmentId segment = t1.state->segment.load();
  t1.unlock(m);
  detector->lockAcquired(*t1.state, place, m, LockMode::Write);
  EXPECT_TRUE(writeQuickly(t1, word(1)));
  EXPECT_EQ(t1.state->segment.load(), segment) << "nobody has learned of the release: it is taken back";
}

TEST_F(QuickAccess, LeavesAliasesAlone) {
  write(t1, word(0));
  detector->aliasRange(word(1), 8, word(2));
  EXPECT_FALSE(writeQuickly(t1, word(1)));
  write(t1, word(3));
  EXPECT_FALSE(writeQuickly(t1, word(4))) << "any address may be one of two now";
}

TEST_F(QuickAccess, DecidesAnewWhenIdsWereRecycled) {
  write(t1, word(0));
  detector->collectSegments(*t1.state);
  EXPECT_TRUE(writeQuickly(t1, word(1)));
  t2.read(word(1), 8);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].earlier.address, word(1));
}

// Reads of words that t1 and t2 read all the time.
class CrowdedRead : public QuickAccess {
 protected:
  CrowdedRead() {
    site_.kind = SNAG_SITE_READ;
    for (int i = 0; i < 1000 && !showsCrowd(); ++i)
      for (TestThread* reader : {&t1, &t2}) {
        begin(*reader);
        read(*reader, x);
      }
  }
  bool showsCrowd() { return shadow(x).showsCrowd(); }
  void begin(TestThread& reader) { reader.release(lockOf(reader)); }
  uintptr_t lockOf(TestThread& reader) { return &reader == &t1 ? m : n; }
  // At the same place: another one's context could push this one's out of the cache, which goes by addresses.
  void read(TestThread& reader, uintptr_t address) {
    const Place place{&site_, 1, 0x1000, 0};
    if (!detector->accessWord<8, false>(*reader.state, place, address)) reader.read(address, 8);
  }
  template <QuickWay way>
  bool readQuickly(TestThread& reader, uintptr_t address, uint64_t context = 1) {
    return quickAccess<8, false, way>(detector->impl(), *reader.state, &site_, context, address);
  }
  // Of readers in new segments, of whose earlier ones t3 knows.
  template <QuickWay way>
  void expectJoined() {
    ASSERT_TRUE(showsCrowd());
    for (TestThread* reader : {&t1, &t2}) {
      begin(*reader);
      t3.acquire(lockOf(*reader));
      read(*reader, y);
      EXPECT_TRUE(readQuickly<way>(*reader, x));
      EXPECT_TRUE(readQuickly<way>(*reader, x)) << "and again";
    }
    EXPECT_TRUE(showsCrowd());
    t3.write(x, 8);
    ASSERT_EQ(races.size(), 2u) << "it knows all reads but the last ones";
    for (const Race& race : races) {
      EXPECT_EQ(race.earlier.address, x);
      EXPECT_FALSE(race.earlier.isWrite);
    }
  }
};

TEST_F(CrowdedRead, IsAskedAboutAndJoined) { expectJoined<QuickWay::Answers>(); }
TEST_F(CrowdedRead, IsJoinedByTheRules) { expectJoined<QuickWay::Rules>(); }
TEST_F(CrowdedRead, IsJoinedInAWayOfItsOwn) { expectJoined<QuickWay::Crowds>(); }

TEST_F(CrowdedRead, BeginsASegment) {
  ASSERT_TRUE(showsCrowd());
  begin(t1);
  EXPECT_TRUE(readQuickly<QuickWay::Crowds>(t1, x));
  t1.acquire(m);
  t3.write(x, 8);
  EXPECT_EQ(races.size(), 2u);
}

// The one who has written is asked about only as long as somebody may not know of it.
TEST_F(CrowdedRead, RacesWithTheWriterBefore) {
  ASSERT_TRUE(showsCrowd());
  const auto writer = [&] { return detector->impl().segments.writerOfCrowd(shadow(x).reader().id); };
  EXPECT_EQ(writer(), kNoSegment) << "nobody has written";
  for (TestThread* reader : {&t1, &t2}) begin(*reader), t3.acquire(lockOf(*reader));
  t3.write(x, 8);
  t3.release(m), t1.acquire(m), t2.acquire(m);
  for (int i = 0; i < 1000 && !showsCrowd(); ++i)
    for (TestThread* reader : {&t1, &t2}) begin(*reader), read(*reader, x);
  ASSERT_TRUE(showsCrowd());
  EXPECT_NE(writer(), kNoSegment) << "the main thread does not know";
  EXPECT_TRUE(races.empty());
  TestThread& stranger = newThread(main);
  read(stranger, y);
  EXPECT_FALSE(readQuickly<QuickWay::Crowds>(stranger, x));
  stranger.read(x, 8);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(CrowdedRead, IsOfWordsWithCrowdsOnly) {
  read(t1, word(40));
  for (const uintptr_t other : {word(40), word(41)}) {
    const ShadowWord before = shadow(other);
    EXPECT_FALSE(readQuickly<QuickWay::Crowds>(t1, other));
    EXPECT_EQ(shadow(other), before);
  }
  t1.lock(word(42)), t1.unlock(word(42));
  read(t1, word(40));
  EXPECT_FALSE(readQuickly<QuickWay::Crowds>(t1, word(42))) << "what is escaped for another reason";
}

TEST_F(CrowdedRead, IsLeftToOthersWhereTheRulesAreNotAskedEither) {
  ASSERT_TRUE(showsCrowd());
  const auto isJoined = [&] {
    return detector->impl().segments.hasJoined(shadow(x).reader().id, t1.state->slot, t1.state->segment);
  };
  begin(t1), read(t1, y);
  t1.state->ignoreAccesses();
  EXPECT_FALSE(readQuickly<QuickWay::Crowds>(t1, x));
  t1.state->stopIgnoring();
  detector->beforeFork();
  EXPECT_FALSE(readQuickly<QuickWay::Crowds>(t1, x));
  detector->afterForkInParent();
  EXPECT_FALSE(readQuickly<QuickWay::Crowds>(t1, x, 2)) << "a new context";
  EXPECT_FALSE(readQuickly<QuickWay::Crowds>(t1, x + 4)) << "it reaches into the next word";
  EXPECT_FALSE(isJoined());
  detector->aliasRange(x, 8, word(2));
  EXPECT_FALSE(readQuickly<QuickWay::Crowds>(t1, x));
  EXPECT_FALSE(isJoined());
}

TEST_F(QuickAccess, LeavesWhatReachesIntoTheNextWordAlone) {
  write(t1, word(0));
  EXPECT_FALSE(writeQuickly(t1, word(1) + 4));
}

// Accesses of threads that have no answers, to whole words, by the simplest rules.
class WholeWord : public QuickAccess {
 protected:
  bool writeWhole(TestThread& thread, uintptr_t address) {
    return quickAccess<8, true, QuickWay::WholeWords>(detector->impl(), *thread.state, &site_, 1, address);
  }
  bool readWhole(TestThread& thread, uintptr_t address) {
    return quickAccess<8, false, QuickWay::WholeWords>(detector->impl(), *thread.state, &site_, 1, address);
  }
  // A word that others have left becomes what the rules say, or stays as it is.
  void expectAsByTheRules(bool isWrite, uintptr_t address, bool isSimple) {
    const ShadowWord before = shadow(address);
    SCOPED_TRACE(testing::Message() << std::hex << before.bits() << (isWrite ? " write" : " read"));
    detector->impl().openSegment(*t1.state);
    const SegmentId own = t1.state->segment;
    ShadowWord byRules;
    const WordRules rules{detector->impl(), *t1.state, own, isWrite};
    const bool isTold = rules.transition(before, 0xff, &byRules);
    EXPECT_EQ(isWrite ? writeWhole(t1, address) : readWhole(t1, address), isSimple);
    EXPECT_EQ(shadow(address), isSimple ? byRules : before);
    if (isSimple) EXPECT_TRUE(isTold);
  }
};

TEST_F(WholeWord, IsDecidedAsByTheRules) {
  for (const bool isWrite : {true, false}) {
    const size_t at = isWrite ? 0 : 20;
    t2.write(word(at + 1), 8), t2.read(word(at + 2), 8), t2.write(word(at + 3), 8), t2.release(m);
    t2.read(word(at + 3), 8), t2.write(word(at + 4), 4), t2.write(word(at + 5) + 4, 4), t2.release(m);
    t2.write(word(at + 5), 4), t2.read(word(at + 6) + 4, 4), t2.release(m), t2.read(word(at + 6), 4), t2.release(m);
    t1.acquire(m);
    write(t1, y);
    for (size_t i = 0; i < 5; ++i) expectAsByTheRules(isWrite, word(at + i), true);
    for (size_t i = 5; i < 7; ++i) expectAsByTheRules(isWrite, word(at + i), false);  // split
    t2.write(word(at + 7), 8), t2.read(word(at + 8), 8), t3.read(word(at + 9), 8), t2.read(word(at + 9), 8);
    for (size_t i = 7; i < 10; ++i) expectAsByTheRules(isWrite, word(at + i), false);  // unordered
    t2.lock(word(at + 10));
    expectAsByTheRules(isWrite, word(at + 10), false);
    write(t1, word(at + 11));
    expectAsByTheRules(false, word(at + 11), false);
  }
  EXPECT_TRUE(races.empty());
}

TEST_F(WholeWord, IsRememberedWithItsPlaceAndLocks) {
  write(t1, word(0));
  t1.lock(m);
  ASSERT_TRUE(writeWhole(t1, word(1)));
  ASSERT_TRUE(readWhole(t1, word(2)));
  t2.write(word(2), 8);
  EXPECT_EQ(races.size(), 1u);
  races.clear();
  t2.write(word(1), 8);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].earlier.address, word(1));
  size_t count = 0;
  detector->lockSet(races[0].earlier.locks, &count);
  EXPECT_EQ(count, 1u);
}

TEST_F(WholeWord, BeginsASegment) {
  write(t1, word(0));
  t1.release(m);
  const uint64_t segments = t1.state->counts.segments.get();
  EXPECT_TRUE(writeWhole(t1, word(1)));
  EXPECT_EQ(t1.state->counts.segments.get(), segments + 1);
  t2.acquire(m);
  t2.read(word(0), 8);
  EXPECT_TRUE(races.empty());
  t2.read(word(1), 8);
  EXPECT_EQ(races.size(), 1u);
}

TEST_F(WholeWord, IsLeftToOthersWhereTheRulesAreNotAskedEither) {
  write(t1, word(0));
  t1.state->ignoreAccesses();
  EXPECT_FALSE(writeWhole(t1, word(1)));
  t1.state->stopIgnoring();
  t1.state->alone = true;
  detector->impl().publish(*t1.state);
  EXPECT_FALSE(writeWhole(t1, word(1)));
  t1.state->alone = false;
  detector->beforeFork();
  EXPECT_FALSE(writeWhole(t1, word(1)));
  detector->afterForkInParent();
  EXPECT_FALSE((quickAccess<8, true, QuickWay::WholeWords>(detector->impl(), *t1.state, &site_, 2, word(1))))
      << "a new context";
  EXPECT_FALSE(writeWhole(t1, word(1) + 4)) << "it reaches into the next word";
  EXPECT_FALSE(writeWhole(t1, space.base() + 8 * 4096)) << "the first access to a page";
  detector->aliasRange(word(1), 8, word(2));
  EXPECT_FALSE(writeWhole(t1, word(1)));
  EXPECT_EQ(shadow(word(1)), ShadowWord());
}

// A sweep that has begun may store over what is published before it ends.
TEST_F(WholeWord, IsPublishedForGood) {
  constexpr size_t kBlocks = 1500, kBytes = 512;
  const auto block = [&](size_t i) { return space.base() + 32 * 4096 + i * kBytes; };
  write(t1, word(0));
  together(kBlocks, [&](int who, size_t i) {
    if (who == 1) return t2.read(block(i), kBytes);
    for (size_t at = 0; at < kBytes; at += 8)
      if (!writeWhole(t1, block(i) + at)) write(t1, block(i) + at);
  });
  std::set<uintptr_t> words;
  for (const Race& race : races) words.insert(race.racingAddress & ~uintptr_t{7});
  EXPECT_EQ(words.size(), kBlocks * kBytes / 8);
}

// Accesses to more than one whole word.
class WholeWords : public QuickAccess {
 protected:
  WholeWords() { site_.size = 16; }

  bool writeBlock(TestThread& thread, uintptr_t address) {
    return quickAccess<16, true, QuickWay::WholeWords>(detector->impl(), *thread.state, &site_, 1, address);
  }
  bool readBlock(TestThread& thread, uintptr_t address) {
    return quickAccess<16, false, QuickWay::WholeWords>(detector->impl(), *thread.state, &site_, 1, address);
  }
  // How often the logs name that byte.
  uint32_t loggedAt(uintptr_t address) const {
    uint32_t count = 0;
    const auto add = [](void* argument, const EarlierAccess&) { ++*static_cast<uint32_t*>(argument); };
    detector->visitAccesses(address, address + 1, 100, add, &count);
    return count;
  }
  // Makes what quick ways need known: an open segment, ids, the place.
  void prepare(TestThread& thread) {
    detector->access(*thread.state, {&site_, 1, 0x1000, 0}, word(0), 16, SNAG_SITE_WRITE);
  }
};

TEST_F(WholeWords, AreDecidedEachByItsHistory) {
  t2.write(word(1), 8), t2.read(word(2) + 8, 8), t2.release(m);
  t1.acquire(m);
  prepare(t1);
  const HalfWord own{t1.state->segment, 0xff};
  ASSERT_TRUE(readBlock(t1, word(1)));
  EXPECT_TRUE(shadow(word(1)).reader().bits() == own.bits());
  EXPECT_NE(shadow(word(1)).writer().bytes, 0) << "a read leaves the writer";
  EXPECT_EQ(shadow(word(1) + 8), ShadowWord({}, own));
  ASSERT_TRUE(writeBlock(t1, word(2)));
  EXPECT_EQ(shadow(word(2)), ShadowWord(own, {}));
  EXPECT_EQ(shadow(word(2) + 8), ShadowWord(own, {}));
  EXPECT_TRUE(races.empty());
}

TEST_F(WholeWords, AreRememberedWithTheirPlace) {
  prepare(t1);
  ASSERT_TRUE(writeBlock(t1, word(1)));
  for (const uintptr_t at : {word(1), word(1) + 8}) {
    races.clear();
    t2.read(at, 8);
    ASSERT_EQ(races.size(), 1u);
    EXPECT_EQ(races[0].earlier.address, word(1));
    EXPECT_EQ(races[0].earlier.size, 16u);
    EXPECT_TRUE(races[0].earlier.isWrite);
  }
}

TEST_F(WholeWords, ThatAreRepeatedAreNotLoggedAgain) {
  prepare(t1);
  ASSERT_TRUE(writeBlock(t1, word(1)));
  ASSERT_TRUE(writeBlock(t1, word(1)));
  EXPECT_EQ(loggedAt(word(1)), 1u);
  detector->access(*t1.state, {&site_, 1, 0x1000, 0}, word(2), 8, SNAG_SITE_WRITE);
  ASSERT_TRUE(writeBlock(t1, word(2)));
  EXPECT_EQ(loggedAt(word(2) + 8), 1u) << "half of it is not repeated";
}

TEST_F(WholeWords, AreLeftToTheDetectorFromTheFirstThatRaces) {
  t2.write(word(1) + 8, 8);
  prepare(t1);
  EXPECT_FALSE(writeBlock(t1, word(1)));
  EXPECT_TRUE(races.empty()) << "nothing is reported here";
  detector->access(*t1.state, {&site_, 1, 0x1000, 0}, word(1), 16, SNAG_SITE_WRITE);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].earlier.address, word(1) + 8);
  const HalfWord own{t1.state->segment, 0xff};
  EXPECT_EQ(shadow(word(1)), ShadowWord(own, {}));
}

TEST_F(WholeWords, AreOnesAndInTheShadow) {
  prepare(t1);
  EXPECT_FALSE(writeBlock(t1, word(1) + 4)) << "three words, two of them in part";
  EXPECT_FALSE(writeBlock(t1, space.base() + 8 * 4096)) << "the first access to a page";
  EXPECT_FALSE(writeBlock(t1, space.base() + 8 * 4096 - 8)) << "likewise, of its second word";
  EXPECT_FALSE(writeBlock(t1, space.base() + space.size() - 8)) << "its end has no shadow";
  EXPECT_FALSE((quickAccess<16, true, QuickWay::WholeWords>(detector->impl(), *t1.state, &site_, 2, word(1))))
      << "a new context";
  EXPECT_EQ(shadow(word(1)), ShadowWord()) << "what is not logged is not published";
}

// Ranges of a few bytes, as loops have them: the first and the last word may be touched in part.
class QuickRange : public WholeWords {
 protected:
  QuickRange() {
    site_.size = 4;
    readSite_ = site_;
    readSite_.kind = SNAG_SITE_READ;
  }

  bool writeRange(TestThread& thread, uintptr_t address, uint32_t size) {
    return quickShortRange<true>(detector->impl(), *thread.state, &site_, 1, address, size);
  }
  bool readRange(TestThread& thread, uintptr_t address, uint32_t size) {
    detector->impl().contextFor(*thread.state, {&readSite_, 1, 0x1000, 0});
    return quickShortRange<false>(detector->impl(), *thread.state, &readSite_, 1, address, size);
  }

  SnagSite readSite_{};
};

TEST_F(QuickRange, TouchesTheBytesOfItsEnds) {
  prepare(t1);
  const SegmentId own = t1.state->segment;
  ASSERT_TRUE(writeRange(t1, word(1) + 5, 14));
  EXPECT_EQ(shadow(word(1)), ShadowWord({own, 0xe0}, {}));
  EXPECT_EQ(shadow(word(1) + 8), ShadowWord({own, 0xff}, {}));
  EXPECT_EQ(shadow(word(1) + 16), ShadowWord({own, 0x07}, {}));
  ASSERT_TRUE(readRange(t1, word(2) + 2, 3));
  EXPECT_EQ(shadow(word(2)), ShadowWord({}, {own, 0x1c}));
  ASSERT_TRUE(writeRange(t1, word(3), 32));
  EXPECT_EQ(shadow(word(3) + 24), ShadowWord({own, 0xff}, {}));
  EXPECT_EQ(shadow(word(3) + 32), ShadowWord());
  EXPECT_EQ(loggedAt(word(1) + 18), 1u);
  t2.read(word(1) + 4, 1), t2.read(word(1) + 19, 1), t2.write(word(2), 2), t2.write(word(2) + 5, 3);
  EXPECT_TRUE(races.empty());
  t2.read(word(1) + 18, 1), t2.write(word(2) + 4, 1);
  ASSERT_EQ(races.size(), 2u);
  EXPECT_EQ(races[0].earlier.address, word(1) + 5);
  EXPECT_EQ(races[0].earlier.size, 14u);
  EXPECT_EQ(races[1].earlier.address, word(2) + 2);
}

TEST_F(QuickRange, LeavesOtherBytesToWhoHadThem) {
  t2.write(word(1), 16), t2.release(m);
  t1.acquire(m);
  prepare(t1);
  ASSERT_TRUE(writeRange(t1, word(1) + 6, 6));
  t3.read(word(1), 4), t3.read(word(1) + 8, 1);
  ASSERT_EQ(races.size(), 2u);
  EXPECT_EQ(races[0].earlier.thread->number, t2.number);
  EXPECT_EQ(races[1].earlier.thread->number, t1.number);
}

TEST_F(QuickRange, ThatIsRepeatedIsNotLoggedAgain) {
  prepare(t1);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(writeRange(t1, word(1) + 4, 16));
  EXPECT_EQ(loggedAt(word(1) + 8), 1u);
  ASSERT_TRUE(readRange(t1, word(1) + 4, 16)) << "what it has written";
  EXPECT_EQ(shadow(word(1) + 8).reader().bytes, 0);
  ASSERT_TRUE(writeRange(t1, word(1) + 3, 16)) << "one more byte";
  EXPECT_EQ(shadow(word(1)).writer().bytes, 0xf8);
  EXPECT_EQ(loggedAt(word(1) + 8), 2u);
}

TEST_F(QuickRange, IsLeftToTheDetectorFromTheFirstThatRaces) {
  t2.write(word(1) + 8, 1), t2.read(word(2) + 16, 4);
  prepare(t1);
  EXPECT_FALSE(writeRange(t1, word(1) + 4, 12));
  EXPECT_FALSE(writeRange(t1, word(2) + 4, 16)) << "the last one";
  EXPECT_TRUE(races.empty()) << "nothing is reported here";
  detector->access(*t1.state, {&site_, 1, 0x1000, 0}, word(1) + 4, 12, SNAG_SITE_WRITE);
  detector->access(*t1.state, {&site_, 1, 0x1000, 0}, word(2) + 4, 16, SNAG_SITE_WRITE);
  EXPECT_EQ(races.size(), 2u);
}

TEST_F(QuickRange, IsLeftToOthersWhereTheRulesAreNotAskedEither) {
  prepare(t1);
  EXPECT_FALSE(writeRange(t1, space.base() + 8 * 4096 - 8, 12)) << "the first access to a page";
  EXPECT_FALSE(writeRange(t1, space.base() - 4, 8)) << "it begins where no shadow is";
  t1.state->ignoreAccesses();
  EXPECT_FALSE(writeRange(t1, word(1), 12));
  t1.state->stopIgnoring();
  const bool withOtherContext = quickShortRange<true>(detector->impl(), *t1.state, &site_, 2, word(1), 12);
  EXPECT_FALSE(withOtherContext);
  detector->aliasRange(word(1), 16, word(2));
  EXPECT_FALSE(writeRange(t1, word(1), 12));
  EXPECT_EQ(shadow(word(1)), ShadowWord());
}

}  // namespace
}  // namespace snag
