#include "model/record_reader.h"

#include "record_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace snag::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Keeps what the reader delivers.
struct Collected : model::RecordSink {
  std::vector<model::Process> processes;
  std::vector<model::Finding> findings;
  std::vector<model::Summary> summaries;
  std::vector<std::string> problems;

  void process(model::Process process) override { processes.push_back(process); }
  void finding(model::Finding finding) override { findings.push_back(finding); }
  void summary(model::Summary summary) override { summaries.push_back(summary); }
  void problem(const std::string& message) override { problems.push_back(message); }

  std::vector<uint32_t> sequences() const {
    std::vector<uint32_t> numbers;
    for (const auto& finding : findings) numbers.push_back(finding.sequence);
    return numbers;
  }
};

Collected readAll(const std::vector<ByteVector>& parts, size_t chunk = 1 << 20) {
  ByteVector all;
  for (const ByteVector& part : parts) all.insert(all.end(), part.begin(), part.end());
  Collected collected;
  model::RecordReader reader(collected);
  for (size_t at = 0; at < all.size(); at += chunk)
    reader.feed(model::Bytes(all).subspan(at, std::min(chunk, all.size() - at)));
  reader.finish();
  return collected;
}

TEST(RecordReader, DecodesAWholeStream) {
  const Collected got = readAll({processRecord(77), findingRecord(1), summaryRecord(5, 3)});
  EXPECT_TRUE(got.problems.empty());
  ASSERT_EQ(got.processes.size(), 1u);
  EXPECT_EQ(got.processes[0].id, 77u);
  EXPECT_EQ(got.processes[0].executable, "/demo/app");
  ASSERT_EQ(got.findings.size(), 1u);
  const model::Finding& finding = got.findings[0];
  EXPECT_EQ(finding.kind, record::FindingKind::LostUpdate);
  EXPECT_EQ(finding.accesses[0].thread, 2u);
  EXPECT_EQ(finding.accesses[1].thread, 1u);
  EXPECT_TRUE(finding.accesses[0].isReadModifyWrite());
  EXPECT_EQ(finding.accesses[1].site->variable, "counter");
  EXPECT_EQ(finding.accesses[1].site->line, 9u);
  ASSERT_EQ(got.summaries.size(), 1u);
  EXPECT_EQ(got.summaries[0].races, 5u);
  EXPECT_EQ(got.summaries[0].forgotten, 3u);
}

TEST(RecordReader, DoesNotCareHowTheBytesArrive) {
  for (size_t chunk : {1, 3, 16, 17, 100}) {
    const Collected got = readAll({processRecord(1), findingRecord(1), findingRecord(2), summaryRecord(2)}, chunk);
    EXPECT_THAT(got.sequences(), ElementsAre(1, 2)) << "chunks of " << chunk;
    EXPECT_EQ(got.summaries.size(), 1u);
    EXPECT_TRUE(got.problems.empty());
  }
}

TEST(RecordReader, SkipsUnknownTags) {
  Fields fields;
  fields.text(static_cast<Tag>(999), "odd").u32(Tag::ProcessId, 5).u64(static_cast<Tag>(1000), 1);
  const Collected got = readAll({makeRecord(record::RecordKind::Process, fields)});
  ASSERT_EQ(got.processes.size(), 1u);
  EXPECT_EQ(got.processes[0].id, 5u);
  EXPECT_TRUE(got.problems.empty());
}

TEST(RecordReader, SkipsUnknownRecordKinds) {
  const Collected got = readAll({makeRecord(static_cast<record::RecordKind>(42), Fields()), findingRecord(1)});
  EXPECT_THAT(got.sequences(), ElementsAre(1));
  EXPECT_TRUE(got.problems.empty());
}

TEST(RecordReader, ShowsWhatComesAfterDamage) {
  const ByteVector garbage = {'r', 'u', 'b', 'b', 'i', 's', 'h', 'S', 'N', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  for (size_t chunk : {1, 7, 1000}) {
    const Collected got = readAll({findingRecord(1), garbage, findingRecord(2)}, chunk);
    EXPECT_THAT(got.sequences(), ElementsAre(1, 2)) << "chunks of " << chunk;
    EXPECT_THAT(got.problems, ElementsAre(HasSubstr("damaged")));
  }
}

TEST(RecordReader, FindsRecordsBehindADamagedSize) {
  ByteVector damaged = findingRecord(1);
  damaged[13] = 0x40;  // the record claims 16 KiB more than there are
  const Collected got = readAll({damaged, findingRecord(2)});
  EXPECT_EQ(got.sequences().back(), 2u);
  EXPECT_THAT(got.problems, ElementsAre(HasSubstr("incomplete")));
}

TEST(RecordReader, FindsRecordsBehindSeveralDamagedSizes) {
  ByteVector first = findingRecord(1), second = findingRecord(2), fourth = findingRecord(4);
  first[13] = second[13] = fourth[13] = 0x40;
  const Collected got = readAll({processRecord(1), first, second, findingRecord(3), fourth, findingRecord(5)});
  EXPECT_THAT(got.sequences(), testing::IsSupersetOf({3, 5}));
  EXPECT_THAT(got.problems, ElementsAre(HasSubstr("incomplete"), HasSubstr("incomplete")));
}

TEST(RecordReader, KeepsWhatItCouldReadOfADamagedFinding) {
  ByteVector damaged = findingRecord(1);
  const size_t lastField = damaged.size() - 36;  // the Object field's header
  damaged[lastField + 7] = 0x7f;
  const Collected got = readAll({damaged, findingRecord(2)});
  EXPECT_THAT(got.sequences(), ElementsAre(1, 2));
  EXPECT_TRUE(got.findings[0].damaged);
  EXPECT_EQ(got.findings[0].accesses[0].site->variable, "counter");
  EXPECT_THAT(got.problems, ElementsAre(HasSubstr("Finding 1 is damaged")));
}

TEST(RecordReader, ShowsAFindingThatBreaksOffBehindItsAccesses) {
  ByteVector cut = findingRecord(1);
  cut.resize(cut.size() - 8);
  const Collected got = readAll({processRecord(1), cut});
  EXPECT_THAT(got.sequences(), ElementsAre(1));
  EXPECT_THAT(got.problems, ElementsAre(HasSubstr("incomplete")));
}

TEST(RecordReader, NeverReadsOutsideTruncatedInput) {
  const ByteVector whole = findingRecord(1);
  for (size_t size = 0; size < whole.size(); ++size) {
    const Collected got = readAll({ByteVector(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size))});
    EXPECT_LE(got.findings.size(), 1u);
    EXPECT_EQ(got.problems.empty(), size == 0) << size;
  }
}

TEST(RecordReader, SaysWhichSnagReadsANewerFormat) {
  const ByteVector newer = makeRecord(record::RecordKind::Process, Fields().text(Tag::SnagVersion, "7.5"), 2);
  const ByteVector finding = makeRecord(record::RecordKind::Finding, Fields(), 2);
  const Collected got = readAll({newer, finding});
  EXPECT_TRUE(got.findings.empty());
  EXPECT_THAT(got.problems, ElementsAre(testing::AllOf(HasSubstr("format 2"), HasSubstr("Snag 7.5"))));
}

}  // namespace
}  // namespace snag::test
