#include "model/suppressions.h"

#include "finding_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace snag::test {
namespace {

using model::Suppressions;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SuppressionFile : public testing::Test {
 protected:
  SuppressionFile() {
    symbols_.dataAt[0x4010] = {"counter", 0x4010, 4, "", 0, ""};
    symbols_.codeAt[0x100] = {
        {"std::vector<int>::push_back(int const&)", "/usr/include/c++/12/bits/stl_vector.h", 1280, 4},
        {"Log::append(int)", "/demo/src/log.cpp", 12, 5}};
    symbols_.codeAt[0x200] = {{"worker()", "/demo/app.cpp", 40, 3}};
  }

  void read(std::string_view text) {
    rules_.addText(text, "known.supp", [this](const std::string& message) { complaints_.push_back(message); });
  }

  // A race on the global `counter`: one side in the library, called by Log::append, called by worker.
  model::ResolvedFinding finding() {
    model::Finding raw = counterFinding();
    raw.accesses[0].site.reset();
    raw.accesses[0].stack = stackOf({0x100, 0x200});
    return resolved(raw, symbols_);
  }

  bool silences(std::string_view rule) {
    rules_ = {};
    read(rule);
    return rules_.find(finding()) != nullptr;
  }

  FakeSymbolizer symbols_;
  Suppressions rules_;
  std::vector<std::string> complaints_;
};

TEST_F(SuppressionFile, ARaceRuleMatchesAnyFrameOfEitherSide) {
  EXPECT_TRUE(silences("race:Log::append"));
  EXPECT_TRUE(silences("race:^worker$"));
  EXPECT_TRUE(silences("race:push_back"));
  EXPECT_TRUE(silences("race:^increment$"));
  EXPECT_FALSE(silences("race:main"));
}

TEST_F(SuppressionFile, ARaceRuleMatchesFilesModulesAndGlobals) {
  EXPECT_TRUE(silences("race:src/log.cpp"));
  EXPECT_TRUE(silences("race:^/demo/app$"));
  EXPECT_TRUE(silences("race:^counter$"));
  EXPECT_FALSE(silences("race:src/other.cpp"));
}

TEST_F(SuppressionFile, ATopRuleMatchesTheInnermostFrameOfTheUser) {
  EXPECT_TRUE(silences("race_top:Log::append"));
  EXPECT_TRUE(silences("race_top:increment"));
  EXPECT_FALSE(silences("race_top:worker"));
  EXPECT_FALSE(silences("race_top:push_back"));
  EXPECT_FALSE(silences("race_top:^counter$"));
}

TEST_F(SuppressionFile, FunctionsMatchWithAndWithoutParameters) {
  EXPECT_TRUE(silences("race:^Log::append$"));
  EXPECT_TRUE(silences("race:^Log::append(int)$"));
}

TEST_F(SuppressionFile, CommentsBlankLinesAndSpacesAreNothing) {
  read("# known\r\n\n   race:  worker \r\n\t# more\n");
  ASSERT_EQ(rules_.rules().size(), 1u);
  EXPECT_EQ(rules_.rules()[0].pattern, "worker");
  EXPECT_EQ(rules_.rules()[0].line, 3u);
  EXPECT_THAT(complaints_, IsEmpty());
}

TEST_F(SuppressionFile, OtherTypesOfThreadSanitizerDoNotSilenceRaces) {
  EXPECT_FALSE(silences("mutex:worker\nthread:worker\nsignal:worker\ndeadlock:worker\ncalled_from_lib:demo"));
  EXPECT_THAT(complaints_, IsEmpty());
}

TEST_F(SuppressionFile, WhatCannotBeMeantIsLeftOutWithItsLineAndACure) {
  read("race:worker\nworker\nrac:worker\nrace:\nrace:*\n");
  EXPECT_EQ(rules_.rules().size(), 1u);
  EXPECT_THAT(complaints_,
              ElementsAre(AllOf(HasSubstr("Line 2 of the suppression file 'known.supp'"), HasSubstr("race:worker")),
                          AllOf(HasSubstr("Line 3"), HasSubstr("no type 'rac'"), HasSubstr("race_top:")),
                          AllOf(HasSubstr("Line 4"), HasSubstr("match everything")),
                          AllOf(HasSubstr("Line 5"), HasSubstr("match everything"))));
}

TEST_F(SuppressionFile, TheFirstRuleThatMatchesCounts) {
  read("race:nothing\nrace_top:increment\nrace:worker\n");
  ASSERT_NE(rules_.find(finding()), nullptr);
  EXPECT_EQ(rules_.find(finding())->line, 2u);
}

TEST_F(SuppressionFile, AFileIsReadOnce) {
  const std::string path = testing::TempDir() + "snag_rules.supp";
  std::ofstream(path) << "race:worker\n";
  for (int i = 0; i < 2; ++i) rules_.readFile(path, [](const std::string&) { FAIL(); });
  EXPECT_EQ(rules_.rules().size(), 1u);
  std::remove(path.c_str());
}

TEST_F(SuppressionFile, AFileThatCannotBeReadIsNamed) {
  std::string complaint;
  rules_.readFile("/nowhere/rules.supp", [&](const std::string& message) { complaint = message; });
  EXPECT_THAT(complaint, AllOf(HasSubstr("'/nowhere/rules.supp' (No such file"), HasSubstr("--suppressions=FILE")));
  complaint.clear();
  rules_.readFile("/tmp", [&](const std::string& message) { complaint = message; });
  EXPECT_THAT(complaint, HasSubstr("it is a directory"));
}

// What a report offers under "To silence" does silence it.
TEST_F(SuppressionFile, LambdasHaveNamesThatRulesCanSay) {
  symbols_.codeAt[0x100] = {{"main::$_0::operator()() const", "/demo/app.cpp", 15, 20}};
  EXPECT_TRUE(silences("race:main::*_0::operator()"));
}

}  // namespace
}  // namespace snag::test
