#include "model/fingerprint.h"

#include "finding_builder.h"

#include <gtest/gtest.h>

namespace snag::test {
namespace {

// increment() against reset(), with the source at hand.
class Fingerprint : public testing::Test {
 protected:
  Fingerprint() {
    finding_.accesses[1] = accessAt(record::kAccessWrite, 1, {"reset", "/demo/app.cpp", 20, 3, "counter", ""});
    source_.lines[{"/demo/app.cpp", 9}] = "  counter += 1;";
    source_.lines[{"/demo/app.cpp", 20}] = "  counter = 0;";
    original_ = print(finding_);
  }

  std::string print(const model::Finding& finding) { return model::fingerprint(resolved(finding, symbols_), source_); }

  model::Finding finding_ = counterFinding();
  FakeSymbolizer symbols_;
  FakeSource source_;
  std::string original_;
};

TEST_F(Fingerprint, IsSixteenHexDigits) {
  EXPECT_EQ(original_.size(), 16u);
  EXPECT_EQ(original_.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST_F(Fingerprint, DoesNotDependOnTheOrderOfTheAccesses) {
  std::swap(finding_.accesses[0], finding_.accesses[1]);
  EXPECT_EQ(print(finding_), original_);
}

TEST_F(Fingerprint, SurvivesLineShifts) {
  source_.lines.clear();
  source_.lines[{"/demo/app.cpp", 109}] = "\tcounter  +=  1;  // moved and re-indented";
  source_.lines[{"/demo/app.cpp", 120}] = "counter = 0;";
  finding_.accesses[0].site->line = 109;
  finding_.accesses[1].site->line = 120;
  finding_.accesses[1].site->column = 1;
  EXPECT_EQ(print(finding_), original_);
}

TEST_F(Fingerprint, SurvivesOtherAddressesThreadsAndFolders) {
  finding_.address = 0x999;
  finding_.object.offset = 0x999;
  finding_.accesses[0].thread = 17;
  finding_.accesses[0].stack = stackOf({1, 2, 3});
  finding_.accesses[0].site->file = "/other/app.cpp";
  source_.lines[{"/other/app.cpp", 9}] = "  counter += 1;";
  EXPECT_EQ(print(finding_), original_);
}

TEST_F(Fingerprint, SurvivesTheOptimisersNamesOfStaticData) {
  for (model::Access& access : finding_.accesses) access.site->variable.clear();
  symbols_.dataAt[0x4010] = {"stats", 0x4010, 16, "", 0, "", ""};
  const std::string whole = print(finding_);
  symbols_.dataAt[0x4010] = {"stats.0", 0x4010, 8, "", 0, "", ""};
  EXPECT_EQ(print(finding_), whole);
  symbols_.dataAt[0x4010] = {"other", 0x4010, 8, "", 0, "", ""};
  EXPECT_NE(print(finding_), whole);
}

TEST_F(Fingerprint, ChangesWithTheKind) {
  finding_.kind = record::FindingKind::DataRace;
  EXPECT_NE(print(finding_), original_);
}

TEST_F(Fingerprint, ChangesWithTheObject) {
  for (model::Access& access : finding_.accesses) access.site->variable = "total";
  EXPECT_NE(print(finding_), original_);
}

TEST_F(Fingerprint, ChangesWithTheFunction) {
  finding_.accesses[1].site->function = "clear";
  EXPECT_NE(print(finding_), original_);
}

TEST_F(Fingerprint, ChangesWithTheSourceLine) {
  source_.lines[{"/demo/app.cpp", 20}] = "  counter = 1;";
  EXPECT_NE(print(finding_), original_);
}

TEST(NormalisedSource, KeepsWordsApartAndDropsTheRest) {
  EXPECT_EQ(model::normaliseSource("  return   a +b ;  // sum"), "return a+b;");
  EXPECT_EQ(model::normaliseSource("log(\"http://x\"); // c"), "log(\"http://x\");");
}

}  // namespace
}  // namespace snag::test
