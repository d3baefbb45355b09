#include "report/text_writer.h"

#include <gmock/gmock.h>

#include "report_fixture.h"

namespace snag {
namespace {

using test::TestSite;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr uint8_t kRmw = SNAG_SITE_READ | SNAG_SITE_WRITE;
const uintptr_t frames[] = {0x5100, 0x5200, 0x99999};

class TextWriterTest : public testing::Test {
 protected:
  TextWriterTest() {
    report->kind = record::FindingKind::LostUpdate;
    report->address = 0x6010;
    report->size = 4;
    for (ReportAccess& access : report->accesses) {
      access.kind = kRmw;
      access.address = 0x6010;
      access.size = 4;
      access.stack = {frames, 3};
    }
    report->accesses[0].thread = 1;
    report->moduleCount = 1;
    report->modules[0].bias = report->modules[0].start = 0x5000;
    report->modules[0].end = 0x6000;
    strcpy(report->modules[0].path, "/bin/server");
  }

  std::string text() {
    TextBuffer out(memory, sizeof(memory));
    writeText(*report, 42, out);
    return out.text();
  }

  std::unique_ptr<RaceReport> report = std::make_unique<RaceReport>();
  const TestSite site{kRmw, 9, "increment", "stats", "Stats::hits"}, plain{kRmw, 9, "increment", "stats"};
  char memory[65536];
};

TEST_F(TextWriterTest, HeaderNamesKindFieldAndVariable) {
  report->accesses[0].site = site;
  report->object.kind = record::ObjectKind::Global;
  EXPECT_THAT(text(), StartsWith("==42==ERROR: Snag: lost update on 'Stats::hits' (global 'stats')\n"));
}

TEST_F(TextWriterTest, VariableStandsForAFieldThatIsUnknown) {
  report->accesses[1].site = plain;
  EXPECT_THAT(text(), StartsWith("==42==ERROR: Snag: lost update on 'stats' (memory 'stats')\n"));
}

TEST_F(TextWriterTest, AddressStandsForANameThatIsUnknown) {
  EXPECT_THAT(text(), StartsWith("==42==ERROR: Snag: lost update on '0x6010' (memory 0x6010)\n"));
}

TEST_F(TextWriterTest, HeapBlockIsGivenWithSizeAndOffset) {
  report->object.kind = record::ObjectKind::Heap;
  report->object.start = 0x6000;
  report->object.size = 40;
  EXPECT_THAT(text(), HasSubstr("(heap block of 40 bytes, offset 16)\n"));
  report->object.freed = true;
  EXPECT_THAT(text(), HasSubstr("(freed heap block of 40 bytes, offset 16)\n"));
}

TEST_F(TextWriterTest, AccessesHaveTheSiteOnTopAndAddressesBelow) {
  report->accesses[0].site = site;
  EXPECT_THAT(text(), HasSubstr("  read-modify-write of 4 bytes at 0x6010 by thread 1:\n"
                                "    #0 increment /src/shop.cpp:9:7\n"
                                "    #1 /bin/server+0x200\n"
                                "    #2 0x99999\n"
                                "  earlier read-modify-write of 4 bytes at 0x6010 by the main thread:\n"
                                "    #0 /bin/server+0x100\n"));
}

TEST_F(TextWriterTest, CodeAddressStandsForALineThatIsUnknown) {
  const TestSite library{SNAG_SITE_READ, 0, "memcpy"};
  const SnagSite nothingKnown{0, 0, 0, 0, 0, 0, SNAG_SITE_READ, 4};
  report->accesses[0].site = library;
  report->accesses[1].site = &nothingKnown;
  EXPECT_THAT(text(), HasSubstr("    #0 memcpy /bin/server+0x100\n    #1 /bin/server+0x200\n"));
  EXPECT_THAT(text(), HasSubstr("by the main thread:\n    #0 /bin/server+0x100\n    #1 /bin/server+0x200\n"));
}

TEST_F(TextWriterTest, ForgottenPlaceIsSaidToBeForgotten) {
  report->accesses[1].stack = {};
  EXPECT_THAT(text(), HasSubstr("by the main thread, place forgotten:\n"));
}

TEST_F(TextWriterTest, SummaryIsTheLastLine) {
  report->accesses[0].site = site;
  EXPECT_THAT(text(), EndsWith("\nSUMMARY: Snag: lost update at /src/shop.cpp:9:7 in increment\n"));
}

TEST_F(TextWriterTest, SummaryTakesTheOtherSideIfTheFirstHasNoLine) {
  const TestSite library{SNAG_SITE_READ, 0, "memcpy"};
  report->accesses[0].site = library;
  report->accesses[1].site = site;
  EXPECT_THAT(text(), EndsWith("\nSUMMARY: Snag: lost update at /src/shop.cpp:9:7 in increment\n"));
}

TEST_F(TextWriterTest, LocksAndThreadsAreMentioned) {
  report->accesses[0].lockCount = 1;
  report->accesses[0].locks[0].address = 0x7000;
  report->accesses[0].locks[0].mode = LockMode::Read;
  report->threadCount = 1;
  report->threads[0].number = 1;
  report->threads[0].creation = {frames, 1};
  strcpy(report->threads[0].name, "loader");
  EXPECT_THAT(text(), HasSubstr("    holding lock 0x7000 for reading\n"));
  EXPECT_THAT(text(), HasSubstr("  thread 1 'loader' was created by the main thread:\n    #0 /bin/server+0x100\n"));
}

TEST_F(TextWriterTest, TextThatDoesNotFitIsCut) {
  char small[40];
  TextBuffer out(small, sizeof(small));
  writeText(*report, 42, out);
  EXPECT_EQ(out.length(), sizeof(small) - 1);
  EXPECT_EQ(strlen(small), sizeof(small) - 1);
}

TEST(TextBuffer, NumbersAreWrittenInFull) {
  char memory[100];
  TextBuffer out(memory, sizeof(memory));
  out << uint64_t{0} << " " << ~uint64_t{0} << " ";
  out.hex(0) << " ";
  out.hex(0xdeadbeef0);
  EXPECT_STREQ(out.text(), "0 18446744073709551615 0x0 0xdeadbeef0");
}

}  // namespace
}  // namespace snag
