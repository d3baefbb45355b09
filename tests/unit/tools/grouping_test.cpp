#include "model/grouping.h"

#include "finding_builder.h"

#include <gtest/gtest.h>

namespace snag::test {
namespace {

using model::Grouping;

// A data race on `variable` at `address` between two lines of two functions.
model::ResolvedFinding race(std::string first, uint32_t firstLine, std::string second, uint32_t secondLine,
                            uint64_t address = 0x4000) {
  model::Finding finding;
  finding.kind = record::FindingKind::DataRace;
  finding.address = address;
  finding.size = 4;
  finding.accesses[0] = accessAt(record::kAccessWrite, 1, {std::move(first), "/a.cpp", firstLine, 1, "x", ""});
  finding.accesses[1] = accessAt(record::kAccessRead, 2, {std::move(second), "/a.cpp", secondLine, 1, "x", ""});
  return resolved(finding);
}

TEST(Grouping, JoinsSameObjectAndFunctionsInAnyOrder) {
  Grouping grouping;
  EXPECT_EQ(grouping.add(race("set", 1, "get", 10)), 0u);
  EXPECT_EQ(grouping.add(race("get", 11, "set", 2)), 0u);
  EXPECT_EQ(grouping.groups().size(), 1u);
}

TEST(Grouping, JoinsSameLinesOnOtherObjects) {
  Grouping grouping;
  EXPECT_EQ(grouping.add(race("set", 1, "get", 10, 0x4000)), 0u);
  EXPECT_EQ(grouping.add(race("get", 10, "set", 1, 0x8000)), 0u);
}

TEST(Grouping, KeepsOtherObjectsAtOtherLinesApart) {
  Grouping grouping;
  EXPECT_EQ(grouping.add(race("set", 1, "get", 10, 0x4000)), 0u);
  EXPECT_EQ(grouping.add(race("set", 2, "get", 10, 0x8000)), 1u);
}

TEST(Grouping, KeepsOtherFunctionsApart) {
  Grouping grouping;
  EXPECT_EQ(grouping.add(race("set", 1, "get", 10)), 0u);
  EXPECT_EQ(grouping.add(race("set", 1, "print", 20)), 1u);
}

TEST(Grouping, AForgottenPlaceJoinsByItsKnownLineAndName) {
  Grouping grouping;
  EXPECT_EQ(grouping.add(race("set", 1, "get", 10, 0x4000)), 0u);
  model::ResolvedFinding forgotten = race("get", 10, "set", 1, 0x8000);
  forgotten.accesses[1].stack = {};
  EXPECT_EQ(grouping.add(forgotten), 0u);
  forgotten.subject = "y";
  forgotten.raw.address = 0x9000;
  EXPECT_EQ(grouping.add(forgotten), 1u);
}

TEST(Grouping, BlocksOfOneAllocationSiteAreOneObject) {
  Grouping grouping;
  const auto heap = [](uint64_t address, uint32_t line, uint64_t allocatedAt) {
    model::ResolvedFinding finding = race("set", line, "get", line, address);
    finding.raw.object.kind = record::ObjectKind::Heap;
    finding.raw.object.start = address;
    finding.raw.object.stack = stackOf({allocatedAt});
    return finding;
  };
  EXPECT_EQ(grouping.add(heap(0x1000, 1, 0x77)), 0u);
  EXPECT_EQ(grouping.add(heap(0x2000, 2, 0x77)), 0u);
  EXPECT_EQ(grouping.add(heap(0x3000, 3, 0x88)), 1u);
}

// put() against get(), both inside of a std::map: of the map `name`, or of memory that a map allocated.
model::ResolvedFinding onMap(const std::string& name, uint32_t line, uint64_t address) {
  model::ResolvedFinding finding = race("put", 1, "get", line, address);
  finding.accesses[0].through = "std::map<int, int>::operator[]";
  finding.accesses[1].through = "std::map<int, int>::find";
  finding.symbol.name = name;
  if (!name.empty()) return finding;
  finding.raw.object = {record::ObjectKind::Heap, address, 40, {}, 0, 1, stackOf({address})};
  finding.allocation.frames.push_back({{"operator new", "", 0, 0}, "", 0, model::FrameKind::Library});
  return finding;
}

TEST(Grouping, MemoryBetweenTheSameFunctionsBelongsToTheContainer) {
  Grouping grouping;
  EXPECT_EQ(grouping.add(onMap("", 10, 0x1000)), 0u);
  EXPECT_EQ(grouping.add(onMap("table", 11, 0x5000)), 0u) << "the memory came first";
  EXPECT_EQ(grouping.add(onMap("", 12, 0x2000)), 0u) << "and once more";
  EXPECT_EQ(grouping.groups()[0].main().symbol.name, "table");
}

TEST(Grouping, TwoContainersAreTwoBugs) {
  Grouping grouping;
  EXPECT_EQ(grouping.add(onMap("table", 10, 0x5000)), 0u);
  EXPECT_EQ(grouping.add(onMap("", 11, 0x1000)), 0u);
  EXPECT_EQ(grouping.add(onMap("other", 12, 0x6000)), 1u);
}

TEST(Grouping, WhatASlimMemberIsStillGoodFor) {
  Grouping grouping;
  for (uint64_t address : {0x1000, 0x2000, 0x3000}) grouping.slim(grouping.add(onMap("", 10, address)));
  grouping.slim(grouping.add(onMap("table", 11, 0x5000)));
  EXPECT_EQ(grouping.groups()[0].members.size(), 4u);
  EXPECT_EQ(grouping.groups()[0].main().symbol.name, "table");
  for (const model::ResolvedFinding& member : grouping.groups()[0].members) EXPECT_NE(member.place(0), nullptr);
}

TEST(Grouping, FieldsOfOneGlobalAreOneObject) {
  FakeSymbolizer symbols;
  for (uint64_t offset : {0x4000, 0x4004, 0x5000})
    symbols.dataAt[offset] = {offset < 0x5000 ? "stats" : "other", offset & ~0xfffull, 8, "", 0, ""};
  Grouping grouping;
  const auto global = [&](uint64_t offset, uint32_t line) {
    model::Finding finding = race("set", line, "get", line, offset).raw;
    finding.modules.push_back({0, "/demo/app", 0, {}});
    finding.object.kind = record::ObjectKind::Global;
    finding.object.module = 0;
    finding.object.offset = offset;
    return resolved(finding, symbols);
  };
  EXPECT_EQ(grouping.add(global(0x4000, 1)), 0u);
  EXPECT_EQ(grouping.add(global(0x4004, 2)), 0u);
  EXPECT_EQ(grouping.add(global(0x5000, 3)), 1u);
}

TEST(Grouping, OtherPlacesOfTheSameLinesOnOtherObjectsAreApart) {
  Grouping grouping;
  EXPECT_EQ(grouping.add(race("set", 1, "get", 10, 0x4000)), 0u);
  model::ResolvedFinding other = race("set", 1, "get", 10, 0x8000);
  for (model::ResolvedAccess& access : other.accesses) access.stack.frames[0].place.column = 20;
  EXPECT_EQ(grouping.add(other), 1u);
}

// Two threads change one container: itself, or a block that it allocated.
struct Container {
  FakeSymbolizer symbols;
  model::Finding finding;

  Container() {
    const std::string header = "/usr/include/c++/12/bits/stl_vector.h";
    symbols.codeAt[0x100] = {{"std::vector<int>::push_back(int const&)", header, 1280, 4},
                             {"first()", "/a.cpp", 12, 5}};
    symbols.codeAt[0x200] = {{"std::vector<int>::clear()", header, 1499, 9}, {"second()", "/a.cpp", 30, 7}};
    symbols.codeAt[0x300] = {{"std::vector<int>::_M_realloc_insert(int const&)", header, 440, 4},
                             {"first()", "/a.cpp", 12, 5}};
    symbols.codeAt[0x400] = {{"make()", "/a.cpp", 3, 10}};
    finding.modules.push_back({0, "/demo/app", 0x555500000000, {}});
    for (int side : {0, 1}) {
      finding.accesses[side].kind = kRmw;
      finding.accesses[side].thread = static_cast<uint32_t>(side) + 1;
      finding.accesses[side].stack = stackOf({side == 0 ? 0x100u : 0x200u});
    }
  }

  model::ResolvedFinding onBlock(record::FindingKind kind, uint64_t start, uint64_t allocatedAt) {
    finding.kind = kind;
    finding.address = start;
    finding.object.kind = record::ObjectKind::Heap;
    finding.object.start = start;
    finding.object.stack = stackOf({allocatedAt});
    return resolved(finding, symbols);
  }
  model::ResolvedFinding onBuffer(record::FindingKind kind) { return onBlock(kind, 0x8000, 0x300); }
  model::ResolvedFinding onItself(record::FindingKind kind) { return onBlock(kind, 0x1000, 0x400); }
};

TEST(Grouping, AContainerAndItsMemoryAreOneBug) {
  Grouping grouping;
  Container vector;
  EXPECT_EQ(grouping.add(vector.onBuffer(record::FindingKind::UseAfterFreeRace)), 0u);
  vector.symbols.codeAt[0x100].back().column = 9;  // another call on the same line
  EXPECT_EQ(grouping.add(vector.onItself(record::FindingKind::DataRace)), 0u);
  vector.symbols.codeAt[0x100].back().line = 13;
  vector.symbols.codeAt[0x200].back() = {"third()", "/a.cpp", 31, 7};
  EXPECT_EQ(grouping.add(vector.onBlock(record::FindingKind::DataRace, 0x9000, 0x200)), 1u);
}

TEST(Grouping, TheContainerTellsTheStoryBeforeItsMemory) {
  Grouping grouping;
  Container vector;
  grouping.add(vector.onBuffer(record::FindingKind::UseAfterFreeRace));
  EXPECT_EQ(grouping.groups()[0].main().raw.kind, record::FindingKind::UseAfterFreeRace);
  grouping.add(vector.onItself(record::FindingKind::DataRace));
  EXPECT_EQ(grouping.groups()[0].main().raw.kind, record::FindingKind::DataRace);
  grouping.add(vector.onItself(record::FindingKind::LostUpdate));
  ASSERT_EQ(grouping.groups().size(), 1u);
  EXPECT_EQ(grouping.groups()[0].main().raw.kind, record::FindingKind::LostUpdate);
}

TEST(Grouping, TheStrongestKindTellsTheStory) {
  Grouping grouping;
  grouping.add(race("set", 1, "get", 10));
  model::ResolvedFinding update = race("set", 2, "get", 10);
  update.raw.kind = record::FindingKind::LostUpdate;
  update.raw.sequence = 2;
  grouping.add(update);
  update.raw.sequence = 3;
  grouping.add(update);
  EXPECT_EQ(grouping.groups()[0].main().raw.sequence, 2u);
}

}  // namespace
}  // namespace snag::test
