#include "model/name_pattern.h"

#include <gtest/gtest.h>

namespace snag::test {
namespace {

using model::matchesPattern;

TEST(NamePattern, OccursAnywhereUnlessAnchored) {
  EXPECT_TRUE(matchesPattern("crem", "increment()"));
  EXPECT_FALSE(matchesPattern("decrement", "increment()"));
  EXPECT_TRUE(matchesPattern("^incr", "increment()"));
  EXPECT_FALSE(matchesPattern("^crement", "increment()"));
  EXPECT_TRUE(matchesPattern("ment()$", "increment()"));
  EXPECT_FALSE(matchesPattern("increment$", "increment()"));
  EXPECT_TRUE(matchesPattern("^increment()$", "increment()"));
}

TEST(NamePattern, AStarStandsForAnyCharacters) {
  EXPECT_TRUE(matchesPattern("Cache::*ut", "app::Cache::put"));
  EXPECT_TRUE(matchesPattern("^a*b*c$", "a-b-b-c"));
  EXPECT_FALSE(matchesPattern("^a*b*c$", "a-c-b"));
  EXPECT_TRUE(matchesPattern("main::*_0::operator", "main::$_0::operator()() const"));
  EXPECT_TRUE(matchesPattern("a**b", "ab"));
}

TEST(NamePattern, TheEndIsFoundEvenIfTheTextRepeats) {
  EXPECT_TRUE(matchesPattern("*.cpp$", "/src/a.cpp/b.cpp"));
  EXPECT_FALSE(matchesPattern("*.cpp$", "/src/a.cpp/b.h"));
}

TEST(NamePattern, LettersMatchThemselvesOnly) {
  EXPECT_FALSE(matchesPattern("a.c", "abc"));
  EXPECT_FALSE(matchesPattern("Increment", "increment"));
}

}  // namespace
}  // namespace snag::test
