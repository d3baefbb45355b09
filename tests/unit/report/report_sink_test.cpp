#include "report/report_sink.h"

#include <gmock/gmock.h>

#include "report/race_report.h"
#include "report_fixture.h"

namespace snag {
namespace {

using fake::fakeProcess;
using record::RecordKind;
using record::Tag;
using test::TestSite;
using testing::HasSubstr;

constexpr uint8_t kRead = SNAG_SITE_READ, kWrite = SNAG_SITE_WRITE;

class ReportSinkTest : public test::ReportTest {
 protected:
  void race(const TestSite& first, const TestSite& second, uintptr_t offset) {
    access(one, first, offset);
    access(two, second, offset);
  }

  // As if two unrelated accesses raced again on fresh memory at the same place.
  void forget(uintptr_t offset) { detector->forgetRange(space.base() + offset, 8); }

  ContextId allocationAt(uintptr_t pc) { return detector->contextFor(*one, {nullptr, pc, pc, 0}); }

  RunNumbers numbers() { return {detector->statistics(), 1}; }

  const TestSite write{kWrite, 9}, read{kRead, 20}, otherRead{kRead, 30};
};

TEST_F(ReportSinkTest, NothingIsStartedWithoutFinding) {
  start();
  EXPECT_EQ(sink->finish(numbers()), 0u);
  EXPECT_TRUE(fakeProcess().outputs.empty());
  EXPECT_EQ(fakeProcess().errors, "");
}

TEST_F(ReportSinkTest, FindingsGoToOneToolInTheOrderFound) {
  start();
  race(write, read, 64);
  race(write, otherRead, 128);
  ASSERT_EQ(fakeProcess().outputs.size(), 1u);
  const auto all = records();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].kind, RecordKind::Process);
  EXPECT_EQ(all[1].fields.number(Tag::Sequence), 1u);
  EXPECT_EQ(all[2].fields.number(Tag::Sequence), 2u);
  EXPECT_EQ(sink->findings(), 2u);
}

TEST_F(ReportSinkTest, SameRaceIsReportedOnce) {
  start();
  for (int i = 0; i < 100; ++i) {
    race(write, read, 64);
    forget(64);
  }
  EXPECT_EQ(sink->findings(), 1u);
  EXPECT_GE(detector->statistics().races, 100u);
}

TEST_F(ReportSinkTest, SidesThatChangedPlacesAreTheSameRace) {
  start();
  race(write, read, 64);
  forget(64);
  race(read, write, 64);
  EXPECT_EQ(sink->findings(), 1u);
}

TEST_F(ReportSinkTest, AnotherSiteIsAnotherRace) {
  start();
  race(write, read, 64);
  forget(64);
  race(write, otherRead, 64);
  EXPECT_EQ(sink->findings(), 2u);
}

TEST_F(ReportSinkTest, AllElementsOfAHeapBlockAreOneRace) {
  start();
  test::heapBlocks = {{space.base(), 4096, allocationAt(0x4800), 1, false}};
  for (uintptr_t offset = 0; offset < 4096; offset += 8) race(write, read, offset);
  EXPECT_EQ(sink->findings(), 1u);
}

TEST_F(ReportSinkTest, BlocksAllocatedAtOnePlaceAreOneObject) {
  start();
  test::heapBlocks = {{space.base(), 64, allocationAt(0x4800), 1, false},
                      {space.base() + 64, 64, allocationAt(0x4800), 1, false},
                      {space.base() + 128, 64, allocationAt(0x4900), 1, false}};
  race(write, read, 0);
  race(write, read, 64);
  EXPECT_EQ(sink->findings(), 1u);
  race(write, read, 128);
  EXPECT_EQ(sink->findings(), 2u);
}

TEST_F(ReportSinkTest, GlobalArrayIsReportedForAFewElementsOnly) {
  start();
  for (uintptr_t offset = 0; offset < 8192; offset += 8) race(write, read, offset);
  EXPECT_EQ(sink->findings(), SeenRaces::kObjectsPerPair);
}

TEST_F(ReportSinkTest, LibraryCallsWithoutLineAreToldApartByTheirCallers) {
  const TestSite library{kRead, 0, "memcpy"};
  start();
  access(one, write, 64, 0x4000);
  access(two, library, 64, 0x5000);
  access(two, library, 64, 0x6000);  // same segment, same bytes: no race of its own
  forget(64);
  access(one, write, 64, 0x4000);
  access(two, library, 64, 0x6000);
  EXPECT_EQ(sink->findings(), 2u);
}

TEST_F(ReportSinkTest, SummaryEndsTheStreamAndTheToolsCountIsReturned) {
  fakeProcess().toolAnswer = 7;
  start();
  race(write, read, 64);
  EXPECT_EQ(sink->finish(numbers()), 7u);
  const auto all = records();
  ASSERT_EQ(all.back().kind, RecordKind::Summary);
  const test::Fields& summary = all.back().fields;
  EXPECT_EQ(summary.number(Tag::SummaryFindings), 1u);
  EXPECT_EQ(summary.number(Tag::SummaryRaces), 1u);
  EXPECT_EQ(summary.number(Tag::SummaryForgotten), 0u);
  EXPECT_EQ(summary.number(Tag::SummaryThreads), 3u);
  EXPECT_EQ(summary.number(Tag::SummaryChecks), detector->statistics().counts.checks.get());
  EXPECT_EQ(summary.number(Tag::SummaryModules), 1u);
  EXPECT_EQ(fakeProcess().errors, "");
}

TEST_F(ReportSinkTest, NothingIsReportedAfterTheEnd) {
  fakeProcess().toolAnswer = 1;
  start();
  race(write, read, 64);
  sink->finish(numbers());
  race(write, otherRead, 128);
  EXPECT_EQ(sink->findings(), 1u);
  EXPECT_EQ(findingsSent(), 1u);
}

TEST_F(ReportSinkTest, WithALogDirectoryARunWithoutFindingIsRecordedToo) {
  config.logDir = "/logs";
  start();
  EXPECT_EQ(sink->finish(numbers()), 0u);
  const auto all = records();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].kind, RecordKind::Process);
  EXPECT_EQ(all[1].kind, RecordKind::Summary);
  EXPECT_EQ(all[1].fields.number(Tag::SummaryFindings), 0u);
}

TEST_F(ReportSinkTest, WithALogDirectoryNothingIsPrinted) {
  config.logDir = "/logs";
  start();
  race(write, read, 64);
  EXPECT_EQ(sink->finish(numbers()), 1u);
  ASSERT_EQ(fakeProcess().outputs.size(), 1u);
  EXPECT_FALSE(fakeProcess().outputs[0].isTool);
  EXPECT_EQ(fakeProcess().errors, "");
}

TEST_F(ReportSinkTest, WithoutToolTextIsPrintedAndTheCureOnce) {
  fakeProcess().tools.clear();
  start();
  race(write, read, 64);
  race(write, otherRead, 128);
  EXPECT_EQ(sink->finish(numbers()), 2u);
  const std::string& text = fakeProcess().errors;
  EXPECT_THAT(text, HasSubstr("SUMMARY: Snag: data race at /src/shop.cpp:20:7 in update\n"));
  EXPECT_THAT(text, HasSubstr("SUMMARY: Snag: data race at /src/shop.cpp:30:7 in update\n"));
  const std::string cure = "Snag: the 'snag' tool was not found (looked at: /build/bin/snag, /usr/local/bin/snag)";
  EXPECT_THAT(text, HasSubstr(cure));
  EXPECT_EQ(text.find(cure), text.rfind(cure));
}

TEST_F(ReportSinkTest, FindingsOfAToolThatDiesArePrintedAsText) {
  start();
  race(write, read, 64);
  EXPECT_EQ(fakeProcess().errors, "");
  fakeProcess().writingFails = true;
  race(write, otherRead, 128);
  EXPECT_THAT(fakeProcess().errors, HasSubstr("/src/shop.cpp:20:7"));
  EXPECT_THAT(fakeProcess().errors, HasSubstr("/src/shop.cpp:30:7"));
  EXPECT_THAT(fakeProcess().errors, HasSubstr("ended before it had printed everything"));
  EXPECT_EQ(sink->finish(numbers()), 2u);
}

TEST_F(ReportSinkTest, ToolWithoutAnswerIsAsGoodAsNone) {
  start();
  race(write, read, 64);
  EXPECT_EQ(sink->finish(numbers()), 1u);
  EXPECT_THAT(fakeProcess().errors, HasSubstr("SUMMARY: Snag: data race at /src/shop.cpp:20:7 in update\n"));
}

TEST_F(ReportSinkTest, ChildOfAForkHasItsOwnStream) {
  start();
  race(write, read, 64);
  sink->beforeFork();
  fakeProcess().processId = 4712;
  sink->afterForkInChild();
  EXPECT_EQ(sink->findings(), 0u);
  ASSERT_EQ(fakeProcess().outputs.size(), 1u) << "nothing to say yet";
  race(write, otherRead, 128);
  ASSERT_EQ(fakeProcess().outputs.size(), 2u);
  EXPECT_EQ(records(1).at(0).fields.number(Tag::ProcessId), 4712u);
  EXPECT_EQ(records(1).at(1).fields.number(Tag::Sequence), 1u);
  EXPECT_EQ(findingsSent(0), 1u);
}

std::vector<uint32_t> foundOnes;

TEST_F(ReportSinkTest, EachFindingIsHandedOnAfterItsRecordAndOnce) {
  foundOnes.clear();
  config.found = [](const RaceReport& finding) {
    EXPECT_EQ(test::readRecords(fake::fakeProcess().outputs.at(0).bytes).back().fields.number(Tag::Sequence),
              finding.sequence);
    foundOnes.push_back(finding.sequence);
  };
  start();
  race(write, read, 64);
  forget(64);
  race(write, read, 64);
  race(write, otherRead, 128);
  EXPECT_THAT(foundOnes, testing::ElementsAre(1, 2));
}

int halts = 0;

TEST_F(ReportSinkTest, HaltIsCalledOnceAfterTheFirstFinding) {
  halts = 0;
  config.halt = [] { ++halts; };
  start();
  race(write, read, 64);
  EXPECT_EQ(halts, 1);
  EXPECT_EQ(findingsSent(), 1u);
  race(write, otherRead, 128);
  EXPECT_EQ(halts, 1);
  EXPECT_EQ(sink->finish(numbers()), 2u) << "the lock is still held";
}

TEST_F(ReportSinkTest, RaceBeforeTheDetectorIsKnownIsNotReported) {
  start();
  sink->setDetector(nullptr);
  race(write, read, 64);
  EXPECT_EQ(sink->findings(), 0u);
}

}  // namespace
}  // namespace snag
