#include "model/symbolizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <llvm/Object/ELFObjectFile.h>

namespace snag::test {
namespace {

using testing::EndsWith;

// Where the fixture's symbol table puts a function or variable.
uint64_t addressOf(llvm::StringRef name) {
  auto binary = llvm::cantFail(llvm::object::ObjectFile::createObjectFile(SYMBOLS_FIXTURE));
  for (const auto& symbol : binary.getBinary()->symbols())
    if (llvm::cantFail(symbol.getName()) == name) return llvm::cantFail(symbol.getAddress());
  ADD_FAILURE() << name.str() << " is not in the fixture";
  return 0;
}

TEST(LlvmSymbolizer, SpellsOutInlinedCalls) {
  const auto symbolizer = model::makeLlvmSymbolizer();
  const uint64_t start = addressOf("_Z13fixtureCalleri");
  std::vector<model::SourcePlace> inlined;
  for (uint64_t address = start; address < start + 64 && inlined.size() != 2; ++address)
    inlined = symbolizer->code(SYMBOLS_FIXTURE, address);
  ASSERT_EQ(inlined.size(), 2u);
  EXPECT_EQ(inlined[0].function, "addInlined(int)");
  EXPECT_EQ(inlined[1].function, "fixtureCaller(int)");
  EXPECT_EQ(inlined[0].file, FIXTURE_SOURCE);
  EXPECT_LT(inlined[0].line, inlined[1].line);
}

TEST(LlvmSymbolizer, NamesGlobalsFromInside) {
  const auto symbolizer = model::makeLlvmSymbolizer();
  const uint64_t start = addressOf("fixtureAccount");
  const model::DataSymbol symbol = symbolizer->data(SYMBOLS_FIXTURE, start + 9);
  EXPECT_EQ(symbol.name, "fixtureAccount");
  EXPECT_EQ(symbol.start, start);
  EXPECT_EQ(symbol.size, 72u);
  EXPECT_THAT(symbol.file, EndsWith("symbols_fixture.cpp"));
}

TEST(LlvmSymbolizer, NamesMembersByTheirPath) {
  const auto symbolizer = model::makeLlvmSymbolizer();
  const uint64_t start = addressOf("fixtureAccount");
  const auto path = [&](uint64_t offset) { return symbolizer->data(SYMBOLS_FIXTURE, start + offset).path; };
  EXPECT_EQ(path(0), "fixtureAccount.baseValue");
  EXPECT_EQ(path(8), "fixtureAccount.hits");
  EXPECT_EQ(path(20), "fixtureAccount.parts.right");
  EXPECT_EQ(path(24 + 16 + 8), "fixtureAccount.locks[1].state[2]");
  EXPECT_EQ(symbolizer->data(SYMBOLS_FIXTURE, addressOf("_ZL13fixtureStatic")).path, "fixtureStatic");
}

TEST(LlvmSymbolizer, NamesTheTypesThatFitIntoAnAtomic) {
  const auto symbolizer = model::makeLlvmSymbolizer();
  const auto type = [&](const char* name, uint64_t offset) {
    return symbolizer->data(SYMBOLS_FIXTURE, addressOf(name) + offset).type;
  };
  EXPECT_EQ(type("fixtureAccount", 8), "long");
  EXPECT_EQ(type("_ZL13fixtureStatic", 0), "int");
  EXPECT_EQ(type("fixturePointer", 0), "Account*");
  EXPECT_EQ(type("fixtureFlag", 0), "bool");
}

TEST(LlvmSymbolizer, KnowsNothingAboutMissingModules) {
  const auto symbolizer = model::makeLlvmSymbolizer();
  EXPECT_TRUE(symbolizer->code("/no/such/module", 0x1000).empty());
  EXPECT_EQ(symbolizer->data("/no/such/module", 0x1000).name, "");
  EXPECT_TRUE(symbolizer->code(SYMBOLS_FIXTURE, 0x10).empty());
}

}  // namespace
}  // namespace snag::test
