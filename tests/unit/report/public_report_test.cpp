#include "report/public_report.h"

#include <gmock/gmock.h>

#include "report_fixture.h"

namespace snag {
namespace {

using test::TestSite;

constexpr uint8_t kRmw = SNAG_SITE_READ | SNAG_SITE_WRITE;
const uintptr_t frames[] = {0x5100, 0x5200};

class PublicReportTest : public testing::Test {
 protected:
  PublicReportTest() {
    finding->kind = record::FindingKind::LostUpdate;
    finding->sequence = 3;
    finding->address = 0x6010;
    finding->size = 4;
    finding->object.kind = record::ObjectKind::Global;
    finding->accesses[0] = {kRmw, 1, 0x6010, 4, site, {frames, 2}, {}, 0};
    finding->accesses[1].kind = record::kAccessRead | record::kAccessAtomic;
    finding->threadCount = 1;
    finding->threads[0].number = 1;
    finding->threads[0].osId = 4711;
    strcpy(finding->threads[0].name, "worker");
  }

  const snag_report& shown() {
    made = std::make_unique<PublicReport>(*finding, 66);
    return made->get();
  }

  const TestSite site{kRmw, 9, "increment", "stats", "Stats::hits"};
  std::unique_ptr<RaceReport> finding = std::make_unique<RaceReport>();
  std::unique_ptr<PublicReport> made;
};

TEST_F(PublicReportTest, SaysWhatPrintedReportsSay) {
  const snag_report& report = shown();
  EXPECT_EQ(report.bytes, sizeof(snag_report));
  EXPECT_EQ(report.sequence, 3u);
  EXPECT_STREQ(report.kind, "lost update");
  EXPECT_STREQ(report.title, "lost update on 'Stats::hits' (global 'stats')");
  EXPECT_STREQ(report.object, "Stats::hits");
  EXPECT_EQ(report.address, reinterpret_cast<void*>(0x6010));
  EXPECT_EQ(report.size, 4u);
  EXPECT_EQ(report.access_count, 2u);
  EXPECT_EQ(report.exit_code, 66);
}

TEST_F(PublicReportTest, AccessHasPlaceThreadAndStack) {
  const snag_report_access& access = shown().accesses[0];
  EXPECT_EQ(access.address, reinterpret_cast<void*>(0x6010));
  EXPECT_EQ(access.size, 4u);
  EXPECT_TRUE(access.is_read && access.is_write);
  EXPECT_FALSE(access.is_atomic);
  EXPECT_EQ(access.thread, 1u);
  EXPECT_EQ(access.thread_id, 4711u);
  EXPECT_STREQ(access.thread_name, "worker");
  EXPECT_STREQ(access.function, "increment");
  EXPECT_STREQ(access.file, "/src/shop.cpp");
  EXPECT_EQ(access.line, 9u);
  EXPECT_EQ(access.column, 7u);
  ASSERT_EQ(access.frame_count, 2u);
  EXPECT_EQ(access.frames[1], reinterpret_cast<void*>(0x5200));
}

TEST_F(PublicReportTest, UnknownIsEmptyNeverNull) {
  const snag_report_access& access = shown().accesses[1];
  EXPECT_TRUE(access.is_read && access.is_atomic && !access.is_write);
  EXPECT_STREQ(access.thread_name, "");
  EXPECT_STREQ(access.function, "");
  EXPECT_STREQ(access.file, "");
  EXPECT_EQ(access.frame_count, 0u);
}

TEST_F(PublicReportTest, FreeingIsWriting) {
  finding->accesses[0].kind = record::kAccessFree;
  EXPECT_TRUE(shown().accesses[0].is_write);
}

TEST_F(PublicReportTest, MisuseIsToldInItsSteps) {
  finding->kind = record::FindingKind::UnlockOfUnlocked;
  finding->stepCount = 3;
  finding->steps[0].hasThread = true;
  finding->steps[0].thread = 1;
  finding->steps[0].object.address = 0x6010;
  finding->steps[0].stack = {frames, 2};
  finding->size = 0;
  const snag_report& report = shown();
  EXPECT_STREQ(report.title, "mutex misuse: unlock of an unlocked mutex on '0x6010'");
  EXPECT_STREQ(report.object, "");
  ASSERT_EQ(report.access_count, 3u);
  EXPECT_EQ(report.accesses[0].address, reinterpret_cast<void*>(0x6010));
  EXPECT_STREQ(report.accesses[0].thread_name, "worker");
  EXPECT_EQ(report.accesses[0].frame_count, 2u);
  EXPECT_STREQ(report.accesses[1].thread_name, "") << "nothing is known of this step";
}

}  // namespace
}  // namespace snag
