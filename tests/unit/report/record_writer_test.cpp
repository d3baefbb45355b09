#include "report/record_writer.h"

#include <gtest/gtest.h>
#include <string.h>

#include <memory>

#include "record_tree.h"
#include "report/race_report.h"

namespace snag {
namespace {

using record::Tag;

struct Written {
  std::vector<uint8_t> bytes;
  RecordWriter out;

  explicit Written(size_t capacity = 65536) : bytes(capacity), out(bytes.data(), capacity) {
    out.begin(record::RecordKind::Finding);
  }

  test::Fields read() {
    bytes.resize(out.end());
    const auto records = test::readRecords(bytes);
    return records.size() == 1 ? records[0].fields : test::Fields();
  }
};

TEST(RecordWriter, FieldsOfAllKindsReadBack) {
  Written written;
  written.out.u32(Tag::Size, 8);
  written.out.u64(Tag::Address, 0x1234'5678'9abc);
  written.out.text(Tag::SiteFunction, "f");
  written.out.raw(Tag::ValueBefore, "abcdef", 6);
  const test::Fields fields = written.read();
  EXPECT_EQ(fields.number(Tag::Size), 8u);
  EXPECT_EQ(fields.number(Tag::Address), 0x1234'5678'9abcu);
  EXPECT_EQ(fields.text(Tag::SiteFunction), "f");
  EXPECT_EQ(fields.text(Tag::ValueBefore), "abcdef");
}

TEST(RecordWriter, NestedFieldsReadBackNested) {
  Written written;
  {
    RecordWriter::Nested access(written.out, Tag::Access);
    RecordWriter::Nested site(written.out, Tag::Site);
    written.out.text(Tag::SiteFile, "/a/b.cpp");
  }
  written.out.u32(Tag::Kind, 2);
  const test::Fields fields = written.read();
  EXPECT_EQ(fields.nested(Tag::Access).nested(Tag::Site).text(Tag::SiteFile), "/a/b.cpp");
  EXPECT_EQ(fields.number(Tag::Kind), 2u);
}

TEST(RecordWriter, EmptyTextIsLeftOut) {
  Written written;
  written.out.text(Tag::SiteVariable, "");
  EXPECT_FALSE(written.read().has(Tag::SiteVariable));
}

TEST(RecordWriter, LongTextIsCut) {
  Written written;
  written.out.text(Tag::SiteFunction, std::string(10'000, 'x').c_str());
  EXPECT_EQ(written.read().text(Tag::SiteFunction), std::string(RecordWriter::kMaxText, 'x'));
}

TEST(RecordWriter, TextIsNotCutInsideACharacter) {
  Written written;
  std::string text(RecordWriter::kMaxText - 1, 'x');
  written.out.text(Tag::SiteFunction, (text + "äöü").c_str());
  EXPECT_EQ(written.read().text(Tag::SiteFunction), text);
}

TEST(RecordWriter, FieldThatDoesNotFitIsLeftOutAsAWhole) {
  for (size_t capacity = sizeof(record::RecordHeader); capacity < 200; ++capacity) {
    Written written(capacity);
    written.out.u32(Tag::Kind, 1);
    {
      RecordWriter::Nested access(written.out, Tag::Access);
      written.out.u64(Tag::AccessAddress, 1);
      written.out.text(Tag::SiteFile, "/a/quite/long/path/of/a/source/file.cpp");
    }
    written.out.text(Tag::SiteFunction, "a name that is also of some length");
    const test::Fields fields = written.read();  // fails by itself if anything is damaged
    EXPECT_FALSE(fields.has(Tag::AccessAddress)) << "a nested field escaped";
  }
}

uintptr_t deepStack[1000];

TEST(WriteFinding, LargestReportFitsAndStacksAreCutOutermost) {
  for (size_t i = 0; i < 1000; ++i) deepStack[i] = 0x1000 + i;
  const ReportStack stack{deepStack, 1000};
  auto report = std::make_unique<RaceReport>();
  for (ReportAccess& access : report->accesses) {
    access.stack = stack;
    access.lockCount = ReportAccess::kMaxLocks;
    for (ReportLock& lock : access.locks) lock.taken = stack;
  }
  report->object.allocation = stack;
  report->threadCount = RaceReport::kMaxThreads;
  for (uint32_t i = 0; i < RaceReport::kMaxThreads; ++i) {
    report->threads[i].number = i + 1;
    report->threads[i].creation = stack;
  }
  report->moduleCount = RaceReport::kMaxModules;
  for (platform::ModuleInfo& module : report->modules) memset(module.path, 'm', sizeof(module.path) - 1);
  report->hasUsualLock = true;
  report->usualLock.taken = stack;

  std::vector<uint8_t> buffer(RecordWriter::kBufferBytes);
  buffer.resize(writeFinding(*report, buffer.data(), buffer.size()));
  const auto records = test::readRecords(buffer);
  ASSERT_EQ(records.size(), 1u);
  const test::Fields& fields = records[0].fields;
  EXPECT_EQ(fields.count(Tag::Thread), RaceReport::kMaxThreads);
  EXPECT_EQ(fields.count(Tag::Module), RaceReport::kMaxModules);
  EXPECT_TRUE(fields.nested(Tag::UsualLock).has(Tag::LockStack)) << "the last field was left out";
  const auto frames = fields.nested(Tag::Access, 1).at(Tag::Stack).stack();
  ASSERT_EQ(frames.size(), RecordWriter::kMaxFrames);
  EXPECT_EQ(frames[0].address, 0x1000u);
  EXPECT_EQ(frames.back().address, 0x1000u + RecordWriter::kMaxFrames - 1);
}

TEST(WriteFinding, FramesNameTheirModuleAndTheOffsetInIt) {
  static const uintptr_t frames[] = {0x5000'1234, 0x9999};
  auto report = std::make_unique<RaceReport>();
  report->accesses[0].stack = {frames, 2};
  report->moduleCount = 2;
  report->modules[1].bias = 0x5000'0000;
  report->modules[1].start = 0x5000'0000;
  report->modules[1].end = 0x5001'0000;
  std::vector<uint8_t> buffer(65536);
  buffer.resize(writeFinding(*report, buffer.data(), buffer.size()));
  const auto stack = test::readRecords(buffer).at(0).fields.nested(Tag::Access).at(Tag::Stack).stack();
  ASSERT_EQ(stack.size(), 2u);
  EXPECT_EQ(stack[0].module, 1u);
  EXPECT_EQ(stack[0].offset, 0x1234u);
  EXPECT_EQ(stack[1].module, record::kNoModule);
  EXPECT_EQ(stack[1].address, 0x9999u);
}

}  // namespace
}  // namespace snag
