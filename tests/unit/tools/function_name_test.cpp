#include "model/function_name.h"

#include <gtest/gtest.h>

namespace snag::test {
namespace {

using namespace model;

TEST(BareFunction, DropsParametersQualifiersAndResult) {
  EXPECT_EQ(bareFunction("increment()"), "increment");
  EXPECT_EQ(bareFunction("ns::Box<int>::get(int, std::pair<int, int>) const"), "ns::Box<int>::get");
  EXPECT_EQ(bareFunction("std::pair<int, int> make<int>(int)"), "make<int>");
  EXPECT_EQ(bareFunction("work(int) [clone .cold]"), "work");
  EXPECT_EQ(bareFunction("main"), "main");
}

TEST(BareFunction, KeepsOperatorsLambdasAndAnonymousNamespaces) {
  EXPECT_EQ(bareFunction("main::$_0::operator()() const"), "main::$_0::operator()");
  EXPECT_EQ(bareFunction("main::$_0::operator()"), "main::$_0::operator()");
  EXPECT_EQ(bareFunction("operator new(unsigned long)"), "operator new");
  EXPECT_EQ(bareFunction("Box::operator bool() const"), "Box::operator bool");
  EXPECT_EQ(bareFunction("(anonymous namespace)::work(int)"), "(anonymous namespace)::work");
  EXPECT_EQ(bareFunction("a::(anonymous namespace)::work(int)"), "a::(anonymous namespace)::work");
}

TEST(PlainFunction, DropsTemplateArguments) {
  EXPECT_EQ(plainFunction("std::vector<int, std::allocator<int>>::push_back(int const&)"), "std::vector::push_back");
  EXPECT_EQ(plainFunction("bool operator<(Box const&, Box const&)"), "operator<");
}

TEST(PrettyFunction, HidesDefaultedArguments) {
  EXPECT_EQ(prettyFunction("std::vector<int, std::allocator<int>>::push_back(int const&)"),
            "std::vector<int>::push_back(int const&)");
  EXPECT_EQ(prettyFunction("f(std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char>> const&)"),
            "f(std::string const&)");
  EXPECT_EQ(prettyFunction("std::unordered_map<int, long, std::hash<int>, std::equal_to<int>, "
                           "std::allocator<std::pair<int const, long>>>::operator[](int&&)"),
            "std::unordered_map<int, long>::operator[](int&&)");
}

TEST(EnclosingClass, IsWhatHoldsTheMember) {
  EXPECT_EQ(enclosingClass("std::vector<std::pair<int, int>>::push_back"), "std::vector<std::pair<int, int>>");
  EXPECT_EQ(enclosingClass("std::sort<int*>"), "");
  EXPECT_EQ(enclosingClass("memcpy"), "");
}

TEST(SameFunction, ComparesAcrossSpellings) {
  EXPECT_TRUE(sameFunction("Stats::add(int)", "Stats::add"));
  EXPECT_TRUE(sameFunction("app::Stats::add(int)", "Stats::add"));
  EXPECT_TRUE(sameFunction("void push<int>(int)", "push"));
  EXPECT_FALSE(sameFunction("readd()", "add"));
  EXPECT_FALSE(sameFunction("", "add"));
}

}  // namespace
}  // namespace snag::test
