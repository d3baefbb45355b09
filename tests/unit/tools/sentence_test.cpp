#include "model/sentence.h"

#include "finding_builder.h"
#include "model/advice.h"
#include "model/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace snag::test {
namespace {

using model::fixAdvice;
using model::plainSentence;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

model::Finding pairOf(uint32_t caught, uint32_t earlier, record::FindingKind kind = record::FindingKind::DataRace) {
  model::Finding finding = counterFinding();
  finding.kind = kind;
  finding.accesses[0].kind = caught;
  finding.accesses[1].kind = earlier;
  return finding;
}

model::Lock lockNamed(std::string name, uint64_t address, record::LockMode mode = record::LockMode::Write) {
  model::Lock lock;
  lock.name = std::move(name);
  lock.address = address;
  lock.mode = mode;
  return lock;
}

TEST(Sentence, TellsTheValueBefore) {
  model::Finding finding = counterFinding();
  finding.valueBefore = {41, 0, 0, 0};
  EXPECT_THAT(plainSentence(resolved(finding)), HasSubstr("It held 41 just before thread T2's access."));
  finding.valueBefore = {0xff, 0xff, 0xff, 0xff};
  EXPECT_THAT(plainSentence(resolved(finding)), HasSubstr("It held -1 "));
  finding.valueBefore = {1, 2, 3};
  EXPECT_THAT(plainSentence(resolved(finding)), Not(HasSubstr("It held")));
}

TEST(Sentence, NamesTheUpdaterWhateverTheOrder) {
  const auto lost = record::FindingKind::LostUpdate;
  EXPECT_THAT(plainSentence(resolved(pairOf(kRmw, record::kAccessWrite, lost))),
              testing::StartsWith("Thread T2 reads"));
  EXPECT_THAT(plainSentence(resolved(pairOf(record::kAccessWrite, kRmw, lost))),
              testing::StartsWith("Thread T1 reads"));
}

TEST(Sentence, NamesTheReaderAndTheWriter) {
  EXPECT_THAT(plainSentence(resolved(pairOf(record::kAccessRead, record::kAccessWrite))),
              AllOf(HasSubstr("Thread T1 writes"), HasSubstr("thread T2 reads")));
}

TEST(Sentence, TellsFreeFromUse) {
  EXPECT_THAT(
      plainSentence(resolved(pairOf(record::kAccessRead, record::kAccessFree, record::FindingKind::UseAfterFreeRace))),
      AllOf(HasSubstr("Thread T1 frees"), HasSubstr("thread T2 uses")));
}

TEST(Sentence, TellsAVirtualCallFromTheDestructor) {
  const uint32_t load = record::kAccessRead | record::kAccessVptr, store = record::kAccessWrite | record::kAccessVptr;
  const auto finding = resolved(pairOf(load, store, record::FindingKind::VirtualCallVsDestructor));
  EXPECT_THAT(plainSentence(finding), AllOf(HasSubstr("Thread T1 is constructing or destroying the object"),
                                            HasSubstr("thread T2 makes a virtual call")));
  EXPECT_THAT(fixAdvice(finding), HasSubstr("before the destructor begins"));
}

TEST(Advice, TwoUpdatesWantAnAtomicOrALock) {
  EXPECT_THAT(fixAdvice(resolved(counterFinding())), HasSubstr("fetch_add"));
}

TEST(Advice, TheLockOfOneSideIsWantedOnTheOther) {
  model::Finding finding = counterFinding();
  finding.accesses[1].locks.push_back(lockNamed("m", 0x10));
  EXPECT_EQ(fixAdvice(resolved(finding)), "hold lock 'm' in thread T2 (app.cpp:9:11) as well.");
}

TEST(Advice, TheUsualLockIsWantedWhereItIsMissing) {
  model::Finding finding = counterFinding();
  finding.accesses[0].locks.push_back(lockNamed("usual", 0x10));
  finding.accesses[1].locks.push_back(lockNamed("odd", 0x20));
  finding.usualLock = model::UsualLock{lockNamed("usual", 0x10), 9, 10};
  EXPECT_EQ(fixAdvice(resolved(finding)),
            "9 of 10 accesses hold lock 'usual': hold it in thread T1 (app.cpp:9:11) as well.");
}

// Both sides have `line` as their source, with the access at `column`; the variable is of `type`.
std::string adviceFor(model::Finding finding, const std::string& line, const std::string& other,
                      const std::string& type, const std::string& file = "app.cpp") {
  FakeSymbolizer symbols;
  symbols.dataAt[0x4010] = {"counter", 0x4010, 8, "", 0, "counter", type};
  model::ResolvedFinding got = resolved(std::move(finding), symbols);
  got.accesses[0].source = line;
  got.accesses[1].source = other;
  for (model::ResolvedAccess& access : got.accesses)
    for (model::ResolvedFrame& frame : access.stack.frames) frame.place.file = file;
  return fixAdvice(got);
}

TEST(Advice, WhatOnlyAddsIsAFetchAdd) {
  EXPECT_EQ(adviceFor(counterFinding(), "  counter += 1;", "  counter++;", "long"),
            "both sides only add: make 'counter' a std::atomic<long> and use fetch_add, or hold one lock around both "
            "updates.");
  EXPECT_THAT(adviceFor(counterFinding(), "--counter;", "counter += n;", ""),
              AllOf(HasSubstr("only add or subtract"), HasSubstr("std::atomic and use fetch_add and fetch_sub")));
  EXPECT_THAT(adviceFor(counterFinding(), "flags |= 4;", "flags &= ~4;", "unsigned int"),
              AllOf(HasSubstr("set or clear bits"), HasSubstr("fetch_or and fetch_and")));
}

TEST(Advice, OtherUpdatesAreNotCalledAdditions) {
  for (const char* line : {"counter = counter * 2;", "counter += other--;", "", "// counter += 1;"})
    EXPECT_THAT(adviceFor(counterFinding(), line, "counter += 1;", "long"), testing::Not(HasSubstr("only"))) << line;
}

TEST(Advice, ABoolHasNoFetchOr) {
  model::Finding finding = counterFinding();
  for (model::Access& access : finding.accesses) access.size = 1;
  EXPECT_THAT(adviceFor(finding, "seen |= x;", "seen |= y;", "bool"), testing::Not(HasSubstr("only")));
}

model::Finding publication(uint32_t size) {
  model::Finding finding = pairOf(record::kAccessRead, record::kAccessWrite);
  for (model::Access& access : finding.accesses) access.size = size;
  return finding;
}

TEST(Advice, APublishedPointerIsReleasedAndAcquired) {
  EXPECT_EQ(adviceFor(publication(8), "return config->limit;", "config = next;", "Config*"),
            "'counter' is a pointer that one thread publishes for another: make it a std::atomic<Config*>, store it "
            "with std::memory_order_release and load it with std::memory_order_acquire, or hold one lock around both "
            "accesses.");
  EXPECT_THAT(adviceFor(publication(8), "use(config);", "  config = new Config(7);", ""),
              AllOf(HasSubstr("is a pointer"), HasSubstr("a std::atomic, store")));
  EXPECT_THAT(adviceFor(publication(1), "while (!ready) {}", "ready = true;", "bool"),
              AllOf(HasSubstr("is a flag"), HasSubstr("std::atomic<bool>")));
}

TEST(Advice, CHasItsOwnAtomics) {
  EXPECT_EQ(
      adviceFor(counterFinding(), "counter += 1;", "counter++;", "long", "app.c"),
      "both sides only add: make 'counter' an _Atomic(long) and use atomic_fetch_add, or hold one lock around both "
      "updates.");
  EXPECT_THAT(adviceFor(counterFinding(), "counter *= 2;", "counter++;", "", "app.c"),
              HasSubstr("make 'counter' an _Atomic object and update it in one step (atomic_fetch_add)"));
  EXPECT_THAT(adviceFor(publication(1), "while (!ready) {}", "ready = true;", "_Bool", "app.c"),
              AllOf(HasSubstr("is a flag"), HasSubstr("an _Atomic(_Bool), store it with memory_order_release")));
}

TEST(Evidence, ALockIsCalledWhatItsLineCallsIt) {
  const std::pair<const char*, const char*> lines[] = {
      {"  pthread_mutex_lock(&account->m);", "account->m"},
      {"if (pthread_rwlock_rdlock(&table[i].lock) != 0) return;", "table[i].lock"},
      {"std::lock_guard<std::mutex> guard(mutex_);", "mutex_"},
      {"std::scoped_lock guard(account->m);  // (why)", "account->m"},
      {"  std::unique_lock<std::timed_mutex> held(this->m, std::defer_lock);", "this->m"},
      {"account->m.lock();", "account->m"},
      {"mutex_.lock();", "mutex_"},
      {"work();", ""},
      {"lock(&m);", ""},
      {"a.lock(); b.lock();", ""},
      {"std::scoped_lock both(a, b);", ""},
  };
  for (const auto& [line, name] : lines) EXPECT_EQ(model::lockExpression(line), name) << line;
}

TEST(Advice, ANumberIsNotCalledAPointer) {
  EXPECT_THAT(adviceFor(publication(8), "use(count);", "count = next;", "long"), testing::Not(HasSubstr("publishes")));
  EXPECT_THAT(adviceFor(publication(8), "use(count);", "if (count == &x) count = y;", ""),
              testing::Not(HasSubstr("publishes")));
}

TEST(Advice, DifferentLocksDoNotExcludeEachOther) {
  model::Finding finding = counterFinding();
  finding.accesses[0].locks.push_back(lockNamed("a", 0x10));
  finding.accesses[1].locks.push_back(lockNamed("b", 0x20));
  EXPECT_THAT(fixAdvice(resolved(finding)), HasSubstr("different locks ('a' and 'b')"));
}

TEST(Advice, AReadLockDoesNotProtectAWrite) {
  model::Finding finding = counterFinding();
  for (model::Access& access : finding.accesses) access.locks.push_back(lockNamed("rw", 0x10, record::LockMode::Read));
  EXPECT_THAT(fixAdvice(resolved(finding)), HasSubstr("take lock 'rw' for writing"));
}

TEST(Advice, APlainSideMustBecomeAtomicToo) {
  EXPECT_THAT(fixAdvice(resolved(pairOf(record::kAccessRead, record::kAccessWrite | record::kAccessAtomic))),
              HasSubstr("make the plain access in thread T2 (app.cpp:9:11) atomic"));
}

TEST(SuppressionRule, AvoidsTheAnchorInLambdaNames) {
  model::Finding finding = counterFinding();
  EXPECT_EQ(model::suppressionRule(resolved(finding)), "race:increment");
  finding.accesses[0].site->function = "main::$_0::operator()";
  EXPECT_EQ(model::suppressionRule(resolved(finding)), "race:main::*_0::operator()");
}

}  // namespace
}  // namespace snag::test
