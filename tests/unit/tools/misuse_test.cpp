// Misuses of primitives from record to text, fingerprint, group and suppression.
#include "finding_builder.h"
#include "model/fingerprint.h"
#include "model/grouping.h"
#include "model/record_reader.h"
#include "model/sentence.h"
#include "model/suppressions.h"
#include "record_builder.h"
#include "render/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace snag::test {
namespace {

using record::FindingKind;
using record::StepRole;
using testing::HasSubstr;
using testing::Not;

model::Lock lockNamed(const std::string& name, uint64_t address, std::initializer_list<uint64_t> taken = {}) {
  model::Lock lock;
  lock.name = name;
  lock.address = address;
  lock.stack = stackOf(taken);
  return lock;
}

// T2 takes 'b' holding 'a' in forth(), T1 takes 'a' holding 'b' in back().
struct Inversion {
  model::Finding finding;
  FakeSymbolizer symbols;
  FakeSource source;

  Inversion() {
    finding.kind = FindingKind::LockOrderInversion;
    finding.address = 0x4010;
    finding.modules.push_back({0, "/demo/app", 0x555500000000, {}});
    finding.steps = {{StepRole::Caught, 2, stackOf({0x100}), lockNamed("b", 2), lockNamed("a", 1, {0x110})},
                     {StepRole::Acquired, 1, stackOf({0x200}), lockNamed("a", 1), lockNamed("b", 2, {0x210})}};
    symbols.codeAt[0x100] = {{"forth()", "/demo/app.cpp", 10, 3}};
    symbols.codeAt[0x110] = {{"forth()", "/demo/app.cpp", 9, 3}};
    symbols.codeAt[0x200] = {{"back()", "/demo/app.cpp", 20, 3}};
    symbols.codeAt[0x210] = {{"back()", "/demo/app.cpp", 19, 3}};
  }
  void reverse() { std::ranges::reverse(finding.steps); }
  model::ResolvedFinding resolve() { return resolved(finding, symbols); }
  std::string print() { return model::fingerprint(resolve(), source); }
};

std::string textOf(model::ResolvedFinding finding) {
  model::Group group;
  group.members.push_back(std::move(finding));
  FakeSource source;
  return render::textReport({group, "0123456789abcdef"}, source, {});
}

TEST(Misuse, ACycleShowsBothStacksOfEachEdge) {
  Inversion inversion;
  const std::string text = textOf(inversion.resolve());
  EXPECT_THAT(text, HasSubstr("ERROR: Snag: lock-order inversion on 'a'"));
  EXPECT_THAT(text, HasSubstr("Thread T2 takes 'b' while it holds 'a' and thread T1 takes 'a' while it holds 'b'"));
  EXPECT_THAT(text, HasSubstr("  Thread T2 takes 'b' while it holds 'a':\n    #0 forth() /demo/app.cpp:10:3\n"
                              "    'a' was taken at:\n    #0 forth() /demo/app.cpp:9:3\n"));
  EXPECT_THAT(text, HasSubstr("  Thread T1 takes 'a' while it holds 'b':\n    #0 back() /demo/app.cpp:20:3\n"
                              "    'b' was taken at:\n    #0 back() /demo/app.cpp:19:3\n"));
  EXPECT_THAT(text, HasSubstr("suppression rule `deadlock:forth`"));
  EXPECT_THAT(text, HasSubstr("SUMMARY: Snag: lock-order inversion at /demo/app.cpp:10:3 in forth()\n"));
}

TEST(Misuse, ACycleIsTheSameBugFromWhicheverSideItIsCaught) {
  Inversion one, other;
  other.reverse();
  EXPECT_EQ(one.print(), other.print());
  EXPECT_EQ(other.resolve().subject, "a");
  model::Grouping grouping;
  EXPECT_EQ(grouping.add(one.resolve()), grouping.add(other.resolve()));
}

TEST(Misuse, AnotherPlaceIsAnotherBug) {
  Inversion one, other;
  other.symbols.codeAt[0x200] = {{"elsewhere()", "/demo/app.cpp", 40, 3}};
  EXPECT_NE(one.print(), other.print());
  model::Grouping grouping;
  EXPECT_NE(grouping.add(one.resolve()), grouping.add(other.resolve()));
}

TEST(Misuse, ARaceAtTheSameLinesIsNotInItsGroup) {
  Inversion inversion;
  model::Finding race = counterFinding();
  race.accesses[0].stack = stackOf({0x100});
  race.accesses[1].stack = stackOf({0x200});
  for (model::Access& access : race.accesses) access.site.reset();
  model::Grouping grouping;
  EXPECT_NE(grouping.add(inversion.resolve()), grouping.add(resolved(race, inversion.symbols)));
}

TEST(Misuse, AStepWithoutStackSaysSo) {
  Inversion inversion;
  inversion.finding.kind = FindingKind::UnlockByOther;
  inversion.finding.subject = lockNamed("b", 2);
  inversion.finding.steps[1].stack.clear();
  const std::string text = textOf(inversion.resolve());
  EXPECT_THAT(text, HasSubstr("Thread T2 unlocks 'b':\n"));
  EXPECT_THAT(text, HasSubstr("Thread T1 took 'a' (where is not known)\n"));
}

TEST(Misuse, WhatHasNoAddressHasNoObjectLine) {
  Inversion inversion;
  inversion.finding.kind = FindingKind::SignalUnsafeCall;
  inversion.finding.address = 0;
  inversion.finding.subjectText = "malloc";
  inversion.finding.steps = {{StepRole::Caught, 0, stackOf({0x100}), {}, {}},
                             {StepRole::Interrupted, 0, stackOf({0x200}), {}, {}}};
  const std::string text = textOf(inversion.resolve());
  EXPECT_THAT(text, HasSubstr("ERROR: Snag: signal-unsafe call on 'malloc'\n"));
  EXPECT_THAT(text, HasSubstr("The main thread calls 'malloc' in a signal handler:\n"));
  EXPECT_THAT(text, HasSubstr("The main thread was interrupted here by the signal:\n"));
  EXPECT_THAT(text, Not(HasSubstr("Object:")));
}

// Every kind has words of its own: a name, a sentence, a cure.
TEST(Misuse, EveryKindIsExplained) {
  std::set<std::string> names, sentences, cures;
  for (uint32_t kind = 20; kind <= 32; ++kind) {
    Inversion inversion;
    inversion.finding.kind = static_cast<FindingKind>(kind);
    inversion.finding.subject = lockNamed("m", 1);
    const model::ResolvedFinding finding = inversion.resolve();
    EXPECT_THAT(model::kindName(finding.raw.kind), Not(HasSubstr("unknown")));
    names.insert(model::kindName(finding.raw.kind));
    sentences.insert(model::plainSentence(finding));
    EXPECT_THAT(textOf(finding), HasSubstr("To fix:"));
  }
  EXPECT_EQ(names.size(), 13u);
  EXPECT_EQ(sentences.size(), 13u);
}

struct Rules {
  model::Suppressions rules;
  explicit Rules(const std::string& text) {
    rules.addText(text, "known.supp", [](const std::string& problem) { ADD_FAILURE() << problem; });
  }
};

TEST(Misuse, IsSilencedByRulesOfItsOwnType) {
  Inversion inversion;
  const model::ResolvedFinding cycle = inversion.resolve();
  EXPECT_NE(Rules("deadlock:back").rules.find(cycle), nullptr) << "any step's function";
  EXPECT_EQ(Rules("race:back\nmutex:back\nthread:back\nsignal:back\nrace_top:back").rules.find(cycle), nullptr);
  inversion.finding.kind = FindingKind::DestroyOfLocked;
  EXPECT_NE(Rules("mutex:forth").rules.find(inversion.resolve()), nullptr);
  inversion.finding.kind = FindingKind::ThreadLeak;
  EXPECT_NE(Rules("thread:forth").rules.find(inversion.resolve()), nullptr);
  inversion.finding.kind = FindingKind::SignalUnsafeCall;
  EXPECT_NE(Rules("signal:forth").rules.find(inversion.resolve()), nullptr);
}

struct OneFinding : model::RecordSink {
  std::vector<model::Finding> findings;
  void process(model::Process) override {}
  void finding(model::Finding finding) override { findings.push_back(std::move(finding)); }
  void summary(model::Summary) override {}
  void problem(const std::string& message) override { ADD_FAILURE() << message; }
};

TEST(Misuse, IsReadFromARecord) {
  const Fields lock = Fields().u64(Tag::LockAddress, 0x77).stack(Tag::LockStack, {0x9, 0xa});
  const Fields step = Fields()
                          .u32(Tag::StepRoleTag, static_cast<uint32_t>(StepRole::Waiting))
                          .u32(Tag::StepThread, 3)
                          .stack(Tag::StepStack, {0x1, 0x2})
                          .nested(Tag::StepObject, lock)
                          .nested(Tag::StepHeld, lock);
  const Fields all = Fields()
                         .u32(Tag::Kind, static_cast<uint32_t>(FindingKind::ConditionTwoMutexes))
                         .nested(Tag::Step, step)
                         .nested(Tag::Step, Fields().u32(Tag::StepRoleTag, 1))
                         .nested(Tag::Subject, lock)
                         .text(Tag::SubjectText, "descriptor 7");
  OneFinding sink;
  model::RecordReader reader(sink);
  reader.feed(makeRecord(record::RecordKind::Process, Fields().u32(Tag::ProcessId, 7)));
  reader.feed(makeRecord(record::RecordKind::Finding, all));
  reader.feed(makeRecord(record::RecordKind::Summary, Fields().u32(Tag::SummaryFindings, 1)));
  reader.finish();
  ASSERT_EQ(sink.findings.size(), 1u);
  const model::Finding& finding = sink.findings[0];
  ASSERT_EQ(finding.steps.size(), 2u);
  EXPECT_EQ(finding.steps[0].role, StepRole::Waiting);
  EXPECT_EQ(finding.steps[0].thread, 3u);
  EXPECT_EQ(finding.steps[0].stack.size(), 2u);
  EXPECT_EQ(finding.steps[0].object->address, 0x77u);
  EXPECT_EQ(finding.steps[0].held->stack.size(), 2u);
  EXPECT_FALSE(finding.steps[1].thread);
  EXPECT_EQ(finding.subject->address, 0x77u);
  EXPECT_EQ(finding.subjectText, "descriptor 7");
}

}  // namespace
}  // namespace snag::test
