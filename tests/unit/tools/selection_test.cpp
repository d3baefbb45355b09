// What is chosen and judged: filters, path maps, baselines.
#include "finding_builder.h"
#include "model/baseline.h"
#include "model/filter.h"
#include "model/path_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace snag::test {
namespace {

using model::Baseline;
using testing::HasSubstr;

bool wants(const char* text) {
  model::Filter filter;
  EXPECT_EQ(filter.add(text), "");
  return filter.wants(resolved(counterFinding()), "0123456789abcdef");
}

TEST(Filter, KeysMustAllBeMetAndValuesOfOneAreAlternatives) {
  EXPECT_TRUE(wants(""));
  EXPECT_TRUE(wants("kind=lost-update"));
  EXPECT_TRUE(wants("kind=data-race,kind=lost-update"));
  EXPECT_FALSE(wants("kind=data-race"));
  EXPECT_TRUE(wants("path=demo/app"));
  EXPECT_FALSE(wants("path=elsewhere,kind=lost-update"));
  EXPECT_TRUE(wants("fingerprint=0123"));
  EXPECT_FALSE(wants("fingerprint=123"));
}

TEST(Filter, MistakesAreExplained) {
  model::Filter filter;
  EXPECT_THAT(filter.add("kind=race"), HasSubstr("lost-update"));
  EXPECT_THAT(filter.add("thread=1"), HasSubstr("cannot be filtered by 'thread'"));
  EXPECT_THAT(filter.add("lost-update"), HasSubstr("is no filter"));
}

TEST(PathMap, ReplacesWholeFolders) {
  model::PathMap paths;
  paths.add("/demo", "/home/me");
  EXPECT_EQ(paths.mapped("/demo/app.cpp"), "/home/me/app.cpp");
  EXPECT_EQ(paths.mapped("/demolition/app.cpp"), "/demolition/app.cpp");
  model::ResolvedFinding finding = resolved(counterFinding());
  paths.apply(finding);
  EXPECT_EQ(finding.place(0)->place.file, "/home/me/app.cpp");
}

TEST(Baseline, KeepsWhatPeopleAndOtherVersionsWrote) {
  Baseline baseline = Baseline::parse(
      R"({"snag_baseline": 1, "findings": [{"fingerprint": "b", "owner": "ann", "later": [1], "first_seen": "2020-01-01"}]})",
      "known.json");
  baseline.enter("b", "lost-update", "title", "place", "2026-05-05");
  baseline.enter("a", "data-race", "other", "place", "2026-05-05");
  const std::string text = baseline.text();
  EXPECT_LT(text.find("\"a\""), text.find("\"b\"")) << "sorted by fingerprint";
  for (const char* kept :
       {"\"owner\": \"ann\"", "\"later\": [", "\"first_seen\": \"2020-01-01\"", "\"first_seen\": \"2026-05-05\""})
    EXPECT_THAT(text, HasSubstr(kept));
  EXPECT_EQ(Baseline::parse(text, "again").text(), text);
}

TEST(Baseline, AnEntryHoldsUntilItsDay) {
  Baseline baseline = Baseline::parse(
      R"({"snag_baseline": 1, "findings": [{"fingerprint": "a", "expires": "2026-05-05"}]})", "known.json");
  EXPECT_EQ(baseline.see("a", "2026-05-05"), Baseline::Knows::Yes);
  EXPECT_EQ(baseline.see("a", "2026-05-06"), Baseline::Knows::NoLonger);
  EXPECT_EQ(baseline.see("b", "2026-05-05"), Baseline::Knows::Nothing);
}

TEST(Baseline, DamageIsRefused) {
  for (const char* text : {"", "{", "[]", "{\"snag_baseline\": 2, \"findings\": []}", "{\"snag_baseline\": 1}",
                           "{\"snag_baseline\": 1, \"findings\": [1]}",
                           "{\"snag_baseline\": 1, \"findings\": [{\"fingerprint\": \"a\", \"reason\": 1}]}"})
    EXPECT_THROW(Baseline::parse(text, "known.json"), model::BaselineError) << text;
}

}  // namespace
}  // namespace snag::test
