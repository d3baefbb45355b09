#include "render/text.h"

#include "finding_builder.h"
#include "model/fingerprint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace snag::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string textOf(std::vector<model::Finding> findings, FakeSymbolizer symbols = {}, FakeSource source = {},
                   render::TextStyle style = {}) {
  model::Group group;
  for (model::Finding& finding : findings) {
    group.members.push_back(resolved(std::move(finding), symbols));
    group.members.back().processId = 12345;
  }
  return render::textReport({group, "0123456789abcdef"}, source, style);
}

// T2 without a lock against T1 with one, on a field of a global; everything is known.
struct LockedCounter {
  model::Finding finding = counterFinding();
  FakeSymbolizer symbols;
  FakeSource source;

  LockedCounter() {
    symbols.dataAt[0x4010] = {"stats", 0x4008, 16, "/demo/app.cpp", 3, ""};
    symbols.codeAt[0x100] = {{"increment()", "/demo/app.cpp", 9, 11}};
    symbols.codeAt[0x200] = {{"main::$_0::operator()() const", "/demo/app.cpp", 15, 20}};
    symbols.codeAt[0x300] = {
        {"std::thread::_State_impl<main::$_0>::_M_run()", "/usr/include/c++/12/bits/std_thread.h", 210, 13}};
    symbols.codeAt[0x400] = {{"main", "/demo/app.cpp", 22, 17}};
    symbols.codeAt[0x500] = {{"std::mutex::lock()", "/usr/include/c++/12/bits/std_mutex.h", 100, 17},
                             {"guarded()", "/demo/app.cpp", 7, 3}};
    source.lines[{"/demo/app.cpp", 9}] = "  stats.hits += 1;";
    finding.valueBefore = {41, 0, 0, 0};
    for (model::Access& access : finding.accesses) {
      access.site->variable = "stats";
      access.site->field = "Stats::hits";
      access.stack = stackOf({0x100, 0x200, 0x300});
    }
    model::Lock lock;
    lock.name = "m";
    lock.address = 0x7700;
    lock.stack = stackOf({0x500});
    finding.accesses[1].locks.push_back(lock);
    finding.usualLock = model::UsualLock{lock, 12, 13};
    finding.threads = {{1, 1001, "worker", 0, stackOf({0x400}), true}, {2, 1002, "", 0, stackOf({0x400}), false}};
  }
};

TEST(TextReport, TellsTheWholeStory) {
  const LockedCounter known;
  EXPECT_EQ(textOf({known.finding}, known.symbols, known.source),
            R"(==12345==ERROR: Snag: lost update on 'Stats::hits' (global 'stats')
  Two threads read 'Stats::hits', change it and write it back, and nothing orders them: when they overlap, one of the two updates is lost. It held 41 just before thread T2's access.

  Thread T2 reads and writes 4 bytes (read-modify-write), no locks held:
      9 |   stats.hits += 1;
        |           ^
    #0 increment() /demo/app.cpp:9:11
    #1 main::$_0::operator()() const /demo/app.cpp:15:20
    (1 frame of the standard library and thread start folded; verbosity=1 shows it)

  Thread T1 reads and writes 4 bytes (read-modify-write) earlier, holding lock 'm' (taken at app.cpp:7:3):
      9 |   stats.hits += 1;
        |           ^
    #0 increment() /demo/app.cpp:9:11
    #1 main::$_0::operator()() const /demo/app.cpp:15:20
    (1 frame of the standard library and thread start folded; verbosity=1 shows it)

  Locks:       12 of 13 remembered accesses to this object hold lock 'm'
  Object:      global 'stats', 16 bytes, in app, declared at app.cpp:3; the race is on its 4 bytes at offset 8
  Threads:     T1 'worker' (tid 1001, finished) created by the main thread at #0 main /demo/app.cpp:22:17
               T2 (tid 1002, running) created by the main thread at #0 main /demo/app.cpp:22:17
  To fix:      12 of 13 accesses hold lock 'm': hold it in thread T2 (app.cpp:9:11) as well.
  To learn:    snag explain lost-update
  To silence:  suppression rule `race:increment`
  Fingerprint: 0123456789abcdef
SUMMARY: Snag: lost update at /demo/app.cpp:9:11 in increment()
)");
}

TEST(TextReport, DegradesWithoutAnySymbols) {
  model::Finding finding;
  finding.kind = record::FindingKind::DataRace;
  finding.address = 0x7f00;
  finding.size = 8;
  finding.modules.push_back({0, "/demo/stripped", 0, {}});
  finding.accesses[0].kind = record::kAccessWrite;
  finding.accesses[0].size = 8;
  finding.accesses[0].stack = stackOf({0x101, 0x202});
  finding.accesses[1].kind = record::kAccessRead;
  finding.accesses[1].thread = 3;
  finding.accesses[1].size = 8;
  EXPECT_EQ(textOf({finding}), R"(==12345==ERROR: Snag: data race on 8 bytes at 0x7f00 (memory at 0x7f00)
  The main thread writes 8 bytes at 0x7f00 while thread T3 reads it, and nothing orders them: the reader may get the old value, the new one, or part of each.

  The main thread writes 8 bytes, no locks held:
    #0 (stripped+0x100)
    #1 (stripped+0x201)

  Thread T3 reads 8 bytes earlier, no locks held:
    between two synchronisations of thread T3 (the exact line was forgotten)

  Object:      memory at 0x7f00, neither a global nor a heap block that Snag knows
  To fix:      hold one lock around both accesses, make it a std::atomic (store with release, load with acquire order), or join the writer before reading.
  To learn:    snag explain data-race
  Fingerprint: 0123456789abcdef
SUMMARY: Snag: data race at stripped+0x100
)");
}

TEST(TextReport, FitsOnFiftyLines) {
  LockedCounter known;
  for (model::Access& access : known.finding.accesses)
    for (int i = 0; i < 40; ++i) access.stack.push_back(access.stack[1]);
  std::vector<model::Finding> members(20, known.finding);
  for (uint32_t i = 1; i < members.size(); ++i) members[i].accesses[0].site->line = 100 + i;
  const std::string text = textOf(members, known.symbols, known.source);
  EXPECT_LE(std::ranges::count(text, '\n'), 50);
  EXPECT_THAT(text, HasSubstr("13 more that belong to the same bug"));
}

TEST(TextReport, MembersThatReadLikeTheHeaderAreNotRepeated) {
  const LockedCounter known;
  std::vector<model::Finding> members(3, known.finding);
  members[2].accesses[0].site->line = 12;
  const std::string text = textOf(members, known.symbols, known.source);
  EXPECT_THAT(text,
              HasSubstr("  Also:        lost update on 'Stats::hits' at app.cpp:12:11 and app.cpp:9:11\n  To fix:"));
}

TEST(TextReport, GlobalsAreNamedWithoutTheirLibraryVersion) {
  LockedCounter known;
  known.symbols.dataAt[0x4010].name = "stats[abi:cxx11]";
  EXPECT_THAT(textOf({known.finding}, known.symbols), HasSubstr("(global 'stats')\n"));
}

TEST(TextReport, TheSiteOverrulesDebugInfo) {
  LockedCounter known;
  known.symbols.codeAt[0x100] = {{"increment()", "/demo/app.cpp", 8, 2}};
  EXPECT_THAT(textOf({known.finding}, known.symbols), HasSubstr("#0 increment() /demo/app.cpp:9:11\n    #1 main::"));
}

TEST(TextReport, TheSiteComesFirstWhereDebugInfoMissesTheInlinedCall) {
  LockedCounter known;
  known.symbols.codeAt[0x100] = {{"caller()", "/demo/app.cpp", 30, 2}};
  EXPECT_THAT(textOf({known.finding}, known.symbols),
              HasSubstr("#0 increment /demo/app.cpp:9:11\n    #1 caller() /demo/app.cpp:30:2\n"));
}

TEST(TextReport, ShowsTheUsersLineForAccessesInsideTheLibrary) {
  LockedCounter known;
  known.symbols.codeAt[0x100] = {{"std::vector<int, std::allocator<int>>::push_back(int const&)",
                                  "/usr/include/c++/12/bits/stl_vector.h", 1280, 4},
                                 {"append()", "/demo/app.cpp", 12, 5}};
  known.finding.accesses[0].site =
      model::Site{"std::vector<int>::push_back", "/usr/include/c++/12/bits/stl_vector.h", 1281, 8, "this",
                  "_Vector_impl_data::_M_finish"};
  known.source.lines[{"/demo/app.cpp", 12}] = "  v.push_back(1);";
  const std::string text = textOf({known.finding}, known.symbols, known.source);
  EXPECT_THAT(
      text, HasSubstr("    in std::vector<int>::push_back, called from\n     12 |   v.push_back(1);\n        |     ^\n"
                      "    #0 append() /demo/app.cpp:12:5\n"));
  EXPECT_THAT(text, HasSubstr("SUMMARY: Snag: lost update at /demo/app.cpp:12:5 in append()\n"));
}

TEST(TextReport, NamesALibraryObjectNotItsInsides) {
  LockedCounter known;
  known.symbols = {};
  known.symbols.codeAt[0x100] = {{"std::vector<int, std::allocator<int> >::push_back(int const&)",
                                  "/usr/include/c++/12/bits/stl_vector.h", 1280, 4},
                                 {"append()", "/demo/app.cpp", 12, 5}};
  known.finding.usualLock.reset();
  for (model::Access& access : known.finding.accesses) {
    access.locks.clear();
    access.site = model::Site{"std::vector<int>::push_back", "/usr/include/c++/12/bits/stl_vector.h", 1281, 8, "this",
                              "_Vector_impl_data::_M_finish"};
  }
  const std::string text = textOf({known.finding}, known.symbols);
  EXPECT_THAT(text, HasSubstr("lost update on 'std::vector<int>' ("));
  EXPECT_THAT(text, HasSubstr("To fix:      hold one lock around both accesses: an object of the standard library"));
  EXPECT_THAT(text, Not(HasSubstr("_M_finish")));
}

TEST(TextReport, DescribesHeapBlocks) {
  LockedCounter known;
  known.finding.object = {};
  known.finding.object.kind = record::ObjectKind::Heap;
  known.finding.object.start = 0x4000;
  known.finding.object.size = 400;
  known.finding.object.thread = 0;
  known.finding.object.stack = stackOf({0x400});
  const std::string text = textOf({known.finding}, known.symbols);
  EXPECT_THAT(text, HasSubstr("(heap block of 400 bytes allocated at app.cpp:22:17)\n"));
  EXPECT_THAT(text, HasSubstr("heap block of 400 bytes, allocated by the main thread at main /demo/app.cpp:22:17; "
                              "the race is on its 4 bytes at offset 16\n"));
}

TEST(TextReport, PaintsOnlyWhenAsked) {
  const LockedCounter known;
  EXPECT_THAT(textOf({known.finding}), Not(HasSubstr("\033")));
  EXPECT_THAT(textOf({known.finding}, {}, {}, {.color = true}), HasSubstr("\033[1;31m==12345=="));
}

TEST(Colour, HonoursChoiceAndEnvironment) {
  EXPECT_TRUE(render::wantColor("always", 2));
  EXPECT_FALSE(render::wantColor("never", 2));
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(render::wantColor("auto", 2));
  unsetenv("NO_COLOR");
}

}  // namespace
}  // namespace snag::test
