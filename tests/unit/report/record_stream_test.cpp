#include "report/record_stream.h"

#include <gmock/gmock.h>

#include "platform/fake/fake_process.h"
#include "record_tree.h"
#include "report/report_sink.h"

namespace snag {
namespace {

using fake::fakeProcess;
using record::Tag;
using testing::StartsWith;

class RecordStreamTest : public testing::Test {
 protected:
  RecordStreamTest() { fakeProcess() = {}; }

  RecordStream::State open(RecordStream& stream) { return stream.open(config, buffer, sizeof(buffer)); }

  ReportConfig config;
  uint8_t buffer[65536];
};

TEST_F(RecordStreamTest, NamedToolIsStartedAndNoOther) {
  config.toolPath = "/my/snag";
  fakeProcess().tools = {"/my/snag", "/build/bin/snag"};
  RecordStream stream("");
  EXPECT_EQ(open(stream), RecordStream::State::Tool);
  ASSERT_EQ(fakeProcess().outputs.size(), 1u);
  EXPECT_EQ(fakeProcess().outputs[0].path, "/my/snag");
}

TEST_F(RecordStreamTest, NamedToolThatIsMissingIsNotReplaced) {
  config.toolPath = "/my/snag";
  fakeProcess().tools = {"/build/bin/snag"};
  RecordStream stream("");
  EXPECT_EQ(open(stream), RecordStream::State::Failed);
  EXPECT_STREQ(stream.lookedAt(), "/my/snag");
}

TEST_F(RecordStreamTest, ToolOfTheBuildComesBeforePath) {
  fakeProcess().tools = {"/usr/local/bin/snag", "/bin/snag"};
  fakeProcess().environment["PATH"] = "/bin";
  RecordStream stream("");
  open(stream);
  EXPECT_EQ(fakeProcess().outputs.at(0).path, "/usr/local/bin/snag");
}

TEST_F(RecordStreamTest, ToolIsLookedForOnPath) {
  fakeProcess().tools = {"/bin/snag"};
  fakeProcess().environment["PATH"] = "/sbin::/bin";
  RecordStream stream("");
  open(stream);
  EXPECT_EQ(fakeProcess().outputs.at(0).path, "/bin/snag");
}

TEST_F(RecordStreamTest, PlacesWhereAToolWasLookedForAreListed) {
  fakeProcess().environment["PATH"] = "/sbin:/bin";
  RecordStream stream("");
  EXPECT_EQ(open(stream), RecordStream::State::Failed);
  EXPECT_STREQ(stream.lookedAt(), "/build/bin/snag, /usr/local/bin/snag, /sbin/snag, /bin/snag");
}

TEST_F(RecordStreamTest, FileIsNamedForProgramAndProcess) {
  config.logDir = "/tmp/logs";
  RecordStream stream(config.logDir);
  EXPECT_EQ(open(stream), RecordStream::State::File);
  EXPECT_EQ(fakeProcess().outputs.at(0).path, "/tmp/logs/snag.server.4711.snag");
}

TEST_F(RecordStreamTest, SecondProgramOfAProcessGetsItsOwnFile) {
  fakeProcess().files = {"/tmp/logs/snag.server.4711.snag"};
  RecordStream stream("/tmp/logs");
  open(stream);
  EXPECT_EQ(fakeProcess().outputs.at(0).path, "/tmp/logs/snag.server.4711.2.snag");
}

TEST_F(RecordStreamTest, RelativeDirectoryIsMeantFromWhereTheProgramWasStarted) {
  RecordStream stream("logs");
  fakeProcess().workingDirectory = "/elsewhere";
  open(stream);
  EXPECT_THAT(fakeProcess().outputs.at(0).path, StartsWith("/srv/logs/"));
}

TEST_F(RecordStreamTest, DirectoryThatCannotBeWrittenIsSaidAndTheToolPrints) {
  fakeProcess().filesCanBeCreated = false;
  fakeProcess().tools = {"/build/bin/snag"};
  RecordStream stream("/tmp/logs");
  EXPECT_EQ(open(stream), RecordStream::State::Tool);
  EXPECT_EQ(fakeProcess().errors,
            "Snag: cannot create a file of records in '/tmp/logs': findings are printed instead\n");
}

TEST_F(RecordStreamTest, ProcessRecordComesFirst) {
  config.verbosity = 2;
  config.color = "never";
  config.suppressions = "/srv/known.supp";
  config.reportStyle = "tsan";
  config.logPath = "/srv/log";
  RecordStream stream("/tmp/logs");
  open(stream);
  const auto records = test::readRecords(fakeProcess().outputs.at(0).bytes);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].kind, record::RecordKind::Process);
  const test::Fields& process = records[0].fields;
  EXPECT_EQ(process.number(Tag::ProcessId), 4711u);
  EXPECT_EQ(process.text(Tag::Executable), "/opt/shop/server");
  EXPECT_EQ(process.text(Tag::SnagVersion), "1.2.3");
  EXPECT_EQ(process.text(Tag::WorkingDirectory), "/srv");
  EXPECT_EQ(process.number(Tag::Verbosity), 2u);
  EXPECT_EQ(process.text(Tag::Color), "never");
  EXPECT_EQ(process.text(Tag::Suppressions), "/srv/known.supp");
  EXPECT_EQ(process.text(Tag::ReportStyle), "tsan");
  EXPECT_EQ(process.text(Tag::LogPath), "/srv/log");
}

TEST_F(RecordStreamTest, StreamFailsWhenItsReaderIsGone) {
  fakeProcess().tools = {"/build/bin/snag"};
  RecordStream stream("");
  open(stream);
  fakeProcess().writingFails = true;
  EXPECT_FALSE(stream.send(buffer, 4));
  EXPECT_EQ(stream.state(), RecordStream::State::Failed);
  EXPECT_FALSE(fakeProcess().outputs.at(0).isOpen);
  fakeProcess().writingFails = false;
  EXPECT_FALSE(stream.send(buffer, 4)) << "a damaged stream must not go on";
}

TEST_F(RecordStreamTest, CountIsTheToolsAnswerAfterTheEnd) {
  fakeProcess().tools = {"/build/bin/snag"};
  fakeProcess().toolAnswer = 3;
  RecordStream stream("");
  open(stream);
  uint32_t count = 0;
  EXPECT_TRUE(stream.waitForCount(&count));
  EXPECT_EQ(count, 3u);
  EXPECT_TRUE(fakeProcess().outputs.at(0).isEnded) << "the tool may read to the end of the stream";
}

TEST_F(RecordStreamTest, DroppedStreamOpensAnew) {
  fakeProcess().tools = {"/build/bin/snag"};
  RecordStream stream("");
  open(stream);
  stream.drop();
  EXPECT_FALSE(fakeProcess().outputs.at(0).isOpen);
  EXPECT_FALSE(fakeProcess().outputs.at(0).isEnded) << "the parent still writes to it";
  EXPECT_EQ(open(stream), RecordStream::State::Tool);
  EXPECT_EQ(fakeProcess().outputs.size(), 2u);
}

}  // namespace
}  // namespace snag
