#include "commands/serve_stream.h"

#include "record_builder.h"
#include "render/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/socket.h>
#include <unistd.h>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>

namespace snag::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// Knows nothing: the sites in the records must be enough.
struct NoSymbols : model::Symbolizer {
  std::vector<model::SourcePlace> code(const std::string&, uint64_t) override { return {}; }
  model::DataSymbol data(const std::string&, uint64_t) override { return {}; }
};

// The tool at one end of a socket pair, in a thread; the test is the program at the other end.
class ServedStream : public testing::Test {
 protected:
  void SetUp() override {
    int ends[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    program_ = ends[0];
    tool_ = std::thread([this, fd = ends[1]] { commands::serveStream(fd, true, session_); });
  }
  void TearDown() override {
    endStream();
    if (program_ >= 0) close(program_);
    if (tool_.joinable()) tool_.join();
  }

  void send(const ByteVector& bytes) {
    ASSERT_EQ(::send(program_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }
  void endStream() { shutdown(program_, SHUT_WR); }
  // The tool's answer, or -1 if it closed without one.
  int reply() {
    uint8_t bytes[4];
    if (recv(program_, bytes, 4, MSG_WAITALL) != 4) return -1;
    return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | bytes[3] << 24;
  }
  std::string output() {
    tool_.join();
    return out_.str();
  }

  int program_ = -1;
  std::ostringstream out_;
  NoSymbols symbols_;
  model::SourceText source_;
  std::unique_ptr<render::Renderer> renderer_ =
      render::makeTextRenderer({.verbosity = 0, .color = "never"}, source_, out_);
  model::Session session_{symbols_, source_, *renderer_};
  std::thread tool_;
};

TEST_F(ServedStream, PrintsAndAnswersAfterTheSummary) {
  send(processRecord(4242));
  send(findingRecord(1));
  send(summaryRecord(6));
  EXPECT_EQ(reply(), 1);
  const std::string text = output();
  EXPECT_THAT(text, HasSubstr("==4242==ERROR: Snag: lost update on 'counter'"));
  EXPECT_THAT(text, HasSubstr("Snag: 1 finding (6 racing pairs seen).\n"));
}

TEST_F(ServedStream, PrintsWhatItHoldsWhenTheProgramDies) {
  send(processRecord(1));
  send(findingRecord(1));
  ByteVector half = findingRecord(2, "other", 20);
  half.resize(30);
  send(half);
  endStream();
  EXPECT_EQ(reply(), 1);
  const std::string text = output();
  EXPECT_THAT(text, HasSubstr("lost update on 'counter'"));
  EXPECT_THAT(text, HasSubstr("incomplete"));
}

TEST_F(ServedStream, SurvivesAProgramThatDoesNotWaitForTheAnswer) {
  send(processRecord(1));
  send(findingRecord(1));
  close(program_);
  program_ = -1;
  EXPECT_THAT(output(), HasSubstr("SUMMARY: Snag: lost update at /demo/app.cpp:9:11 in increment()"));
}

TEST_F(ServedStream, MembersOfOneBugShareAReport) {
  send(processRecord(1));
  send(findingRecord(1, "increment", 9));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  send(findingRecord(2, "increment", 10));
  send(summaryRecord(2));
  EXPECT_EQ(reply(), 1);
  EXPECT_THAT(output(), HasSubstr("Also:        lost update on 'counter' at app.cpp:10:11 and app.cpp:10:11"));
}

TEST_F(ServedStream, AQuietBugIsPrintedWhileTheProgramRuns) {
  send(processRecord(1));
  send(findingRecord(1, "increment", 9));
  std::this_thread::sleep_for(model::Session::kQuietTime + std::chrono::milliseconds(400));
  send(findingRecord(2, "increment", 10));
  send(summaryRecord(2));
  EXPECT_EQ(reply(), 1);
  const std::string text = output();
  EXPECT_THAT(text, Not(HasSubstr("Also:")));
  EXPECT_THAT(text, HasSubstr("1 more member of the bugs above came after their report"));
}

TEST_F(ServedStream, NothingFoundIsSilent) {
  send(processRecord(1));
  send(summaryRecord(0));
  EXPECT_EQ(reply(), 0);
  EXPECT_EQ(output(), "");
}

class SuppressedStream : public ServedStream {
 protected:
  void SetUp() override {
    ServedStream::SetUp();
    std::ofstream(path_) << "# known\nrace_top:^increment$\nrace:never_called\ncalled_from_lib:never_called\n";
  }
  void TearDown() override {
    ServedStream::TearDown();
    std::remove(path_.c_str());
  }
  const std::string path_ =
      testing::TempDir() + testing::UnitTest::GetInstance()->current_test_info()->name() + ".supp";
};

TEST_F(SuppressedStream, WhatARuleMatchesDoesNotCountAndIsNotPrinted) {
  send(processRecord(1, path_));
  send(findingRecord(1));
  send(findingRecord(2, "other", 20));
  send(summaryRecord(2));
  EXPECT_EQ(reply(), 1);
  const std::string text = output();
  EXPECT_THAT(text, Not(HasSubstr("in increment()")));
  EXPECT_THAT(text, HasSubstr("at /demo/app.cpp:20:11 in other()"));
}

TEST_F(SuppressedStream, TheLastLineSaysHowManyAndByWhichRule) {
  send(processRecord(1, path_));
  send(findingRecord(1));
  send(summaryRecord(1));
  EXPECT_EQ(reply(), 0);
  EXPECT_EQ(output(), "Snag: 1 finding suppressed by race_top:^increment$ (line 2).\n");
}

TEST(RuleUse, IsOverBroadByManyReportsOrManyFiles) {
  const auto isBroad = [](size_t reports, size_t files) {
    return render::RuleUse{"race:f", 1, reports, files}.isOverBroad();
  };
  EXPECT_FALSE(isBroad(9, 2));
  EXPECT_TRUE(isBroad(10, 1));
  EXPECT_TRUE(isBroad(2, 3));
  EXPECT_FALSE(isBroad(1, 3));
}

TEST_F(SuppressedStream, RulesThatNothingMatchedAreListedWhenAskedFor) {
  std::ostringstream out;
  const auto renderer = render::makeTextRenderer({.verbosity = 1, .color = "never"}, source_, out);
  model::Session session(symbols_, source_, *renderer);
  session.suppress(path_);
  EXPECT_EQ(session.finish(), 0u);
  EXPECT_EQ(
      out.str(),
      "Snag: suppression rules that nothing matched: race_top:^increment$ (line 2) and race:never_called (line 3).\n")
      << "called_from_lib rules are not listed: nothing could match them";
}

TEST_F(ServedStream, WithoutTheRulesFileFindingsAreShown) {
  send(processRecord(1, "/nowhere/rules.supp"));
  send(findingRecord(1));
  send(summaryRecord(1));
  EXPECT_EQ(reply(), 1);
  const std::string text = output();
  EXPECT_THAT(text, HasSubstr("Snag: warning: Cannot read the suppression file '/nowhere/rules.supp'"));
  EXPECT_THAT(text, HasSubstr("lost update on 'counter'"));
}

TEST_F(ServedStream, SaysWhatWasForgotten) {
  send(processRecord(1));
  send(summaryRecord(0, 12));
  EXPECT_EQ(reply(), 0);
  EXPECT_THAT(output(), HasSubstr("12 shadow words"));
}

}  // namespace
}  // namespace snag::test
