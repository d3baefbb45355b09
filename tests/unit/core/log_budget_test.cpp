// The log stays within its budget, however its entries come about.
#include "detector_fixture.h"

namespace snag {
namespace {

class LogBudget : public DetectorTest {
 protected:
  static constexpr size_t kSmall = 1 << 16;
  explicit LogBudget(DetectorConfig config = {.smallLogBytes = kSmall}) : DetectorTest(config) {}

  size_t logBytes() const { return t1.state->record->log.bytes(); }
  // A write by t1 of 8 bytes, at a place of its own.
  void writeFrom(const SnagSite& site, uintptr_t address) {
    detector->access(*t1.state, Place{&site, 1, 0x1000, 0}, address, 8, SNAG_SITE_WRITE);
  }
  static SnagSite writeSite() {
    SnagSite site{};
    site.kind = SNAG_SITE_WRITE;
    site.size = 8;
    return site;
  }
};

TEST_F(LogBudget, HoldsForShortSegmentsOfTheUsualAccesses) {
  const SnagSite site = writeSite();
  const Place place{&site, 1, 0x1000, 0};
  for (int i = 0; i < 100'000; ++i) {
    ASSERT_TRUE((detector->accessWord<8, true>(*t1.state, place, x + 8 * (i % 8))));
    t1.release(m);
    ASSERT_LE(logBytes(), kSmall + sizeof(LogChunk)) << i;
  }
  EXPECT_GT(detector->statistics().compactions, 0u);
  t2.read(x, 8);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].earlier.address, x) << "what is still needed is still there";
}

// An access of two words is still needed when one of them has been taken over, whichever it is; so is one of two words
// in part.
TEST_F(LogBudget, KeepsPlacesOfAccessesAcrossWords) {
  struct Part {
    uintptr_t at;
    size_t size;
  };
  const Part wide{line(20), 16}, across{line(30) + 4, 8};
  t1.write(wide.at, wide.size);
  t1.write(across.at, across.size);
  t1.release(m);
  t1.write(wide.at, 8);
  t1.write(across.at, 4);
  const uint64_t before = detector->statistics().compactions;
  while (detector->statistics().compactions < before + 2) {
    t1.release(m);
    t1.write(x, 8);
  }
  t2.read(wide.at + 8, 8);
  t2.read(across.at + 4, 4);
  ASSERT_EQ(races.size(), 2u);
  EXPECT_EQ(races[0].earlier.address, wide.at);
  EXPECT_EQ(races[0].earlier.size, wide.size);
  EXPECT_EQ(races[1].earlier.address, across.at);
  EXPECT_EQ(races[1].earlier.size, across.size);
}

// A merge sort reads two runs and writes a third, in turn: none of it ends, but it takes little room.
TEST_F(LogBudget, HoldsForRunsThatTakeTurns) {
  constexpr size_t kRun = 20'000;
  const SnagSite sites[3] = {writeSite(), writeSite(), writeSite()};
  const uintptr_t starts[3] = {line(100), line(100) + 8 * kRun, line(100) + 16 * kRun};
  for (size_t i = 0; i < kRun; ++i)
    for (size_t run = 0; run < 3; ++run) writeFrom(sites[run], starts[run] + 8 * i);
  EXPECT_GT(detector->statistics().compactions, 0u);
  EXPECT_LE(logBytes(), kSmall + sizeof(LogChunk)) << "without runs, it would be half a megabyte";
  for (const size_t i : {size_t{0}, size_t{1}, size_t{2}, size_t{511}, size_t{512}, kRun / 2, kRun - 1}) {
    for (size_t run = 0; run < 3; ++run) {
      races.clear();
      t2.read(starts[run] + 8 * i, 8);
      ASSERT_EQ(races.size(), 1u);
      EXPECT_EQ(races[0].earlier.address, starts[run] + 8 * i);
      EXPECT_EQ(races[0].earlier.size, 8u);
      ASSERT_NE(races[0].earlier.context, kNoContext);
      EXPECT_EQ(detector->context(races[0].earlier.context).site, &sites[run]);
    }
  }
}

TEST_F(LogBudget, HoldsForRunsUnderOtherLocks) {
  const SnagSite site = writeSite(), other = writeSite();
  for (size_t i = 0; i < 40'000; ++i) {
    if (i % 1000 == 0) t1.lock(m);
    if (i % 1000 == 500) t1.unlock(m);
    writeFrom(site, line(100) + 8 * i);
    writeFrom(other, line(100) + 8 * (40'000 + i));
  }
  EXPECT_GT(detector->statistics().compactions, 0u);
  for (const size_t i : {size_t{499}, size_t{500}, size_t{30'200}, size_t{30'700}}) {
    races.clear();
    t2.read(line(100) + 8 * i, 8);
    ASSERT_EQ(races.size(), 1u);
    size_t count = 0;
    detector->lockSet(races[0].earlier.locks, &count);
    EXPECT_EQ(count, i % 1000 < 500 ? 1u : 0u) << i;
  }
}

// Two threads take turns: what one has done is soon known to the other.
class KnownLog : public LogBudget {
 protected:
  explicit KnownLog(DetectorConfig config = {.smallLogBytes = kSmall}) : LogBudget(config) {}

  // The other threads but t1 and t2 are gone, or wait for t1.
  void leaveTwo() {
    t3.finish();
    main.join(t3);
    detector->awaitThread(*main.state, t1.state);
  }
  void takeTurns() {
    t1.write(x, 8);
    for (int i = 0; i < 2'000; ++i) {
      for (TestThread* thread : {&t1, &t2}) {
        thread->lock(m);
        for (int word = 0; word < 50; ++word)
          detector->access(*thread->state, Place{&sites[0], 1, 0x1000, 0}, line(100) + 64 * word, 8, SNAG_SITE_WRITE);
        thread->unlock(m);
        ASSERT_LE(thread->state->record->log.bytes(), kSmall + sizeof(LogChunk));
      }
    }
    ASSERT_TRUE(races.empty());
  }
  DetectorStatistics statistics() const { return detector->statistics(); }
  // Who knows nothing of t1's write to x hears of its place.
  void expectAllKeptFor(TestThread& thread) {
    EXPECT_EQ(statistics().cuts, 0u);
    thread.write(x, 8);
    ASSERT_EQ(races.size(), 1u);
    EXPECT_NE(races[0].earlier.context, kNoContext);
  }

  const SnagSite sites[2] = {writeSite(), writeSite()};  // the log names them for as long as there are races
};

TEST_F(KnownLog, IsCutWithoutALook) {
  leaveTwo();
  takeTurns();
  EXPECT_EQ(statistics().compactions, 0u);
  EXPECT_GT(statistics().cuts, 10u);
  t1.write(y, 8);
  t2.write(y, 8);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_NE(races[0].earlier.context, kNoContext);
}

TEST_F(KnownLog, IsCutWhereAnotherThreadJoinsWhoJoins) {
  detector->awaitThread(*t3.state, t2.state);
  detector->awaitThread(*main.state, t3.state);
  takeTurns();
  EXPECT_EQ(statistics().compactions, 0u);
}

TEST_F(KnownLog, IsKeptForAThreadThatKnowsNothing) {
  detector->awaitThread(*main.state, t1.state);
  takeTurns();
  expectAllKeptFor(t3);
}

// A signal's handler may end the wait, with longjmp.
TEST_F(KnownLog, IsKeptForAThreadThatGoesOnWithoutItsJoin) {
  leaveTwo();
  main.write(y, 8);
  takeTurns();
  expectAllKeptFor(main);
}

// It knows nothing of what was before.
TEST_F(KnownLog, IsKeptWhileThereAreThreadsThatNobodyCreated) {
  leaveTwo();
  TestThread foreigner(*detector, nullptr);
  takeTurns();
  expectAllKeptFor(foreigner);
}

// In each phase a thread does much before the other learns of any of it.
class PhaseLog : public KnownLog {
 protected:
  explicit PhaseLog(uint64_t patientBytes = 32 << 20)
      : KnownLog({.smallLogBytes = kSmall, .patientLogBytes = patientBytes}) {}

  static constexpr int kPhases = 20;
  static constexpr size_t kWords = 30'000;  // of a phase: 240 KB of log, and little of it when compacted

  void work() {
    leaveTwo();
    for (int phase = 0; phase < kPhases; ++phase) {
      for (TestThread* thread : {&t1, &t2}) {
        thread->acquire(m);
        for (size_t i = 0; i < kWords; ++i)
          detector->access(*thread->state, Place{&sites[i % 2], 1, 0x1000, 0},
                           line(100) + 8 * (i / 2) + i % 2 * 8 * kWords, 8, SNAG_SITE_WRITE);
        thread->release(m);
      }
    }
    ASSERT_TRUE(races.empty());
  }
};

TEST_F(PhaseLog, IsNotLookedThroughInEachPhase) {
  work();
  EXPECT_LE(statistics().compactions, 8u) << "while it is learned how much a phase needs";
  EXPECT_GT(statistics().cuts, 2u * (kPhases - 5));
  EXPECT_LE(logBytes(), 1'200'000u) << "two phases and a half";
  t1.read(line(100), 8);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_NE(races[0].earlier.context, kNoContext);
}

class ImpatientPhaseLog : public PhaseLog {
 protected:
  ImpatientPhaseLog() : PhaseLog(0) {}
};

TEST_F(ImpatientPhaseLog, IsLookedThroughWhereLogsTakeMuchTogether) {
  work();
  EXPECT_GT(statistics().compactions, 2u * kPhases);
}

class CutLog : public LogBudget {
 protected:
  CutLog() : LogBudget({.smallLogBytes = kSmall, .logBudgetBytes = kSmall}) {}
};

// Every word of it is of use, and none continues the one before.
TEST_F(CutLog, LosesTheOldestPlacesButNoRace) {
  constexpr size_t kWords = 60'000;
  const SnagSite site = writeSite();
  const auto wordOf = [&](size_t i) { return line(100) + 8 * (i * 7 % kWords); };
  for (size_t i = 0; i < kWords; ++i) {
    if (i % 100 == 0) t1.release(m);  // a segment goes as a whole
    writeFrom(site, wordOf(i));
  }
  EXPECT_LE(logBytes(), 4 * kSmall + sizeof(LogChunk));
  t2.read(wordOf(0), 8);
  t2.read(wordOf(kWords - 1), 8);
  ASSERT_EQ(races.size(), 2u);
  EXPECT_EQ(races[0].earlier.context, kNoContext);
  EXPECT_NE(races[1].earlier.context, kNoContext);
}

}  // namespace
}  // namespace snag
