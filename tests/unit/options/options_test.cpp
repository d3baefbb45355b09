#include "options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace snag {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using ::testing::StrEq;

void append(void* argument, const char* line, size_t length) {
  static_cast<std::string*>(argument)->append(line, length);
}

class OptionsTest : public ::testing::Test {
 protected:
  // What the parser said.
  std::string parse(const char* text) {
    std::string said;
    parseOptions(text, options, append, &said);
    return said;
  }

  Options options;
};

TEST_F(OptionsTest, DefaultsAreThoseOfTheTable) {
  EXPECT_TRUE(options.enabled);
  EXPECT_EQ(options.exitcode, 66);
  EXPECT_THAT(options.color.text, StrEq("auto"));
  EXPECT_THAT(options.log_dir.text, StrEq(""));
}

TEST_F(OptionsTest, NoTextChangesNothing) {
  EXPECT_THAT(parse(nullptr), IsEmpty());
  EXPECT_THAT(parse(""), IsEmpty());
  EXPECT_EQ(options.exitcode, 66);
}

TEST_F(OptionsTest, EachTypeIsRead) {
  EXPECT_THAT(parse("halt_on_error=1:exitcode=3:log_dir=/tmp/logs"), IsEmpty());
  EXPECT_TRUE(options.halt_on_error);
  EXPECT_EQ(options.exitcode, 3);
  EXPECT_THAT(options.log_dir.text, StrEq("/tmp/logs"));
}

TEST_F(OptionsTest, TruthHasThreeNames) {
  for (const char* yes : {"halt_on_error=1", "halt_on_error=true", "halt_on_error=yes"}) {
    options.halt_on_error = false;
    EXPECT_THAT(parse(yes), IsEmpty());
    EXPECT_TRUE(options.halt_on_error) << yes;
  }
  for (const char* no : {"enabled=0", "enabled=false", "enabled=no"}) {
    options.enabled = true;
    EXPECT_THAT(parse(no), IsEmpty());
    EXPECT_FALSE(options.enabled) << no;
  }
}

TEST_F(OptionsTest, ColonsCommasAndBlanksSeparate) {
  EXPECT_THAT(parse(" exitcode=1,verbosity=2 enabled=0::exact=0\n"), IsEmpty());
  EXPECT_EQ(options.exitcode, 1);
  EXPECT_EQ(options.verbosity, 2);
  EXPECT_FALSE(options.enabled);
  EXPECT_FALSE(options.exact);
}

TEST_F(OptionsTest, TheLastOfSeveralWins) {
  parse("exitcode=1:exitcode=2");
  EXPECT_EQ(options.exitcode, 2);
}

TEST_F(OptionsTest, QuotesKeepSeparators) {
  EXPECT_THAT(parse("log_dir=\"/a b:c,d\":exitcode=5"), IsEmpty());
  EXPECT_THAT(options.log_dir.text, StrEq("/a b:c,d"));
  EXPECT_EQ(options.exitcode, 5);
}

TEST_F(OptionsTest, AnUnknownOptionIsNamedWithTheKnownOnesAndTheRestIsRead) {
  EXPECT_THAT(parse("exitcod=1:verbosity=1"),
              AllOf(StartsWith("Snag: unknown option 'exitcod' in SNAG_OPTIONS (known: help, enabled, exitcode,"),
                    HasSubstr("SNAG_OPTIONS=help=1")));
  EXPECT_EQ(options.exitcode, 66);
  EXPECT_EQ(options.verbosity, 1);
}

TEST_F(OptionsTest, APrefixOfANameIsUnknown) { EXPECT_THAT(parse("exit=1"), HasSubstr("unknown option 'exit'")); }

TEST_F(OptionsTest, ABadValueIsExplainedAndTheDefaultKept) {
  EXPECT_THAT(parse("exitcode=many"),
              StrEq("Snag: exitcode=many in SNAG_OPTIONS: expected a whole number; staying with 66\n"));
  EXPECT_THAT(parse("enabled=maybe"), HasSubstr("expected 0 or 1"));
  EXPECT_EQ(options.exitcode, 66);
  EXPECT_TRUE(options.enabled);
}

TEST_F(OptionsTest, NumbersThatOverflowAreRefused) {
  EXPECT_THAT(parse("exitcode=99999999999999999999"), HasSubstr("expected a whole number"));
  EXPECT_EQ(options.exitcode, 66);
}

TEST_F(OptionsTest, ValuesOutOfRangeAreRefused) {
  EXPECT_THAT(parse("exitcode=256"), HasSubstr("between 0 and 255"));
  EXPECT_THAT(parse("exitcode=-1"), HasSubstr("between 0 and 255"));
  EXPECT_THAT(parse("segment_ids=1"), HasSubstr("segment_ids must be"));
  EXPECT_THAT(parse("color=blue"), HasSubstr("staying with 'auto'"));
  EXPECT_EQ(options.exitcode, 66);
  EXPECT_EQ(options.segment_ids, 16'000'000);
  EXPECT_THAT(options.color.text, StrEq("auto"));
}

TEST_F(OptionsTest, AnOptionWithoutValueIsExplained) {
  EXPECT_THAT(parse("halt_on_error:exitcode=4"), HasSubstr("write halt_on_error=value"));
  EXPECT_FALSE(options.halt_on_error);
  EXPECT_EQ(options.exitcode, 4);
}

TEST_F(OptionsTest, ATextThatDoesNotFitIsRefusedWhole) {
  const std::string tooLong = "log_dir=" + std::string(OptionText::kCapacity, 'x');
  EXPECT_THAT(parse(tooLong.c_str()), HasSubstr("expected at most 511 characters"));
  EXPECT_THAT(options.log_dir.text, StrEq(""));
}

TEST_F(OptionsTest, HelpNamesEveryOptionWithDefaultAndMeaning) {
  std::string help;
  printOptionHelp(append, &help);
#define SNAG_OPTION(type, name, default, meaning) \
  EXPECT_THAT(help, AllOf(HasSubstr("  " #name " "), HasSubstr(#type " " #default), HasSubstr(meaning)));
#include "snag/options.def"
}

TEST_F(OptionsTest, ReportStyleIsOneOfThree) {
  EXPECT_THAT(parse("report_style=tsan"), IsEmpty());
  EXPECT_THAT(options.report_style.text, StrEq("tsan"));
  EXPECT_THAT(parse("report_style=asan"), HasSubstr("report_style must be snag, tsan or codechecker"));
  EXPECT_THAT(options.report_style.text, StrEq("tsan"));
}

TEST_F(OptionsTest, ThreadSanitizersOptionsCountWhereTheyMeanTheSame) {
  parseTsanOptions("history_size=7:exitcode=5 halt_on_error=1,suppressions='/a/b:c':second_deadlock_stack=1", options);
  EXPECT_EQ(options.exitcode, 5);
  EXPECT_TRUE(options.halt_on_error);
  EXPECT_THAT(options.suppressions.text, StrEq("/a/b:c"));
  EXPECT_THAT(options.report_style.text, StrEq("snag"));
  EXPECT_THAT(options.log_path.text, StrEq(""));
}

TEST_F(OptionsTest, ThreadSanitizersLogPathAsksForItsFormOfReports) {
  parseTsanOptions("log_path='/tmp/a log'", options);
  EXPECT_THAT(options.log_path.text, StrEq("/tmp/a log"));
  EXPECT_THAT(options.report_style.text, StrEq("tsan"));
}

TEST_F(OptionsTest, ThreadSanitizersStandardErrorIsNoFile) {
  parseTsanOptions("log_path=stderr", options);
  EXPECT_THAT(options.log_path.text, StrEq(""));
  EXPECT_THAT(options.report_style.text, StrEq("snag"));
  parseTsanOptions(nullptr, options);
}

TEST_F(OptionsTest, WhatThreadSanitizersOptionsSayWronglyIsPassedOver) {
  parseTsanOptions("exitcode=x:halt_on_error:color=pink", options);
  EXPECT_EQ(options.exitcode, 66);
  EXPECT_FALSE(options.halt_on_error);
  EXPECT_THAT(options.color.text, StrEq("auto"));
}

}  // namespace
}  // namespace snag
