// The findings of the golden reports: every kind, every sort of object, and names that try to break out of a format.
#ifndef SNAG_TESTS_GOLDEN_FINDINGS_H
#define SNAG_TESTS_GOLDEN_FINDINGS_H

#include "finding_builder.h"

#include <vector>

namespace snag::test {

constexpr const char* kSource = "/demo/src/stats.cpp";

// Addresses of code that the findings mention, with what lies there.
inline FakeSymbolizer goldenSymbols() {
  FakeSymbolizer symbols;
  symbols.dataAt[0x4010] = {"stats", 0x4008, 16, kSource, 8, "stats.hits"};
  symbols.codeAt[0x100] = {{"increment()", kSource, 11, 31}};
  symbols.codeAt[0x110] = {{"reset()", kSource, 12, 27}};
  symbols.codeAt[0x120] = {{"total()", kSource, 13, 29}};
  symbols.codeAt[0x200] = {{"forth()", kSource, 18, 5}};
  symbols.codeAt[0x210] = {{"back()", kSource, 23, 5}};
  symbols.codeAt[0x300] = {
      {"std::thread::_State_impl<void (*)()>::_M_run()", "/usr/include/c++/12/bits/std_thread.h", 210, 13}};
  symbols.codeAt[0x400] = {{"main", kSource, 27, 15}};
  symbols.codeAt[0x410] = {{"main", kSource, 28, 16}};
  symbols.codeAt[0x500] = {{"std::mutex::lock()", "/usr/include/c++/12/bits/std_mutex.h", 100, 17},
                           {"forth()", kSource, 17, 19}};
  symbols.codeAt[0x510] = {{"back()", kSource, 22, 19}};
  symbols.codeAt[0x600] = {
      {"evil<script>alert(1)</script>(char const*)", "/demo/src/<img src=x onerror=alert(1)>&\"'.cpp", 11, 1}};
  symbols.codeAt[0x610] = {{"quote\"'&<>,:%()", kSource, 14, 23}};
  symbols.codeAt[0x700] = {{"\xff\xfe not utf8()", "/demo/src/a b#c%41.cpp", 3, 0}};
  return symbols;
}

inline model::Lock goldenLock(const char* name, uint64_t address, std::initializer_list<uint64_t> taken) {
  model::Lock lock;
  lock.name = name;
  lock.address = address;
  lock.stack = stackOf(taken);
  return lock;
}

inline model::Finding goldenRace(record::FindingKind kind, uint32_t first, uint64_t firstCode, uint32_t second,
                                 uint64_t secondCode) {
  model::Finding finding;
  finding.kind = kind;
  finding.address = 0x555500004010;
  finding.size = 8;
  finding.modules.push_back({0, "/demo/app", 0, {}});
  const uint32_t kinds[2] = {first, second};
  const uint64_t code[2] = {firstCode, secondCode};
  for (uint32_t side : {0, 1}) {
    finding.accesses[side].kind = kinds[side];
    finding.accesses[side].thread = 2 - side;
    finding.accesses[side].address = finding.address;
    finding.accesses[side].size = 8;
    finding.accesses[side].stack = stackOf({code[side], 0x300});
  }
  finding.threads = {{1, 1001, "worker", 0, stackOf({0x400}), true}, {2, 1002, "", 0, stackOf({0x400}), false}};
  return finding;
}

inline void onGlobal(model::Finding& finding) {
  finding.object.kind = record::ObjectKind::Global;
  finding.object.module = 0;
  finding.object.offset = 0x4010;
}

inline std::vector<model::Finding> goldenRaces() {
  using enum record::FindingKind;
  constexpr uint32_t kRead = record::kAccessRead, kWrite = record::kAccessWrite, kFree = record::kAccessFree;
  std::vector<model::Finding> all;

  auto& lost = all.emplace_back(goldenRace(LostUpdate, kRmw, 0x100, kRmw, 0x100));
  onGlobal(lost);
  lost.valueBefore = {41, 0, 0, 0, 0, 0, 0, 0};
  lost.accesses[1].locks = {goldenLock("m", 0x7700, {0x500})};
  lost.usualLock = model::UsualLock{goldenLock("m", 0x7700, {0x500}), 12, 13};

  onGlobal(all.emplace_back(goldenRace(LostUpdate, kWrite, 0x110, kRmw, 0x100)));
  auto& read = all.emplace_back(goldenRace(DataRace, kRead, 0x120, kWrite, 0x110));
  onGlobal(read);
  read.accesses[0].locks = {goldenLock("n", 0x7800, {0x510})};
  read.accesses[1].locks = {goldenLock("m", 0x7700, {0x500})};

  auto& heap = all.emplace_back(goldenRace(UseAfterFreeRace, kFree, 0x210, kRead, 0x120));
  heap.object = {record::ObjectKind::Heap, 0x555500004000, 400, {}, 0, 0, stackOf({0x410})};
  auto& stack = all.emplace_back(goldenRace(DataRace, kWrite, 0x200, kWrite, 0x210));
  stack.object = {record::ObjectKind::Stack, 0, 0, {}, 0, 1, {}};
  auto& local = all.emplace_back(goldenRace(DataRace, kWrite, 0x210, kRead, 0x200));
  local.object = {record::ObjectKind::ThreadLocal, 0, 0, {}, 0, 2, {}};
  local.address += 64;
  auto& atomic = all.emplace_back(goldenRace(DataRace, kWrite | record::kAccessAtomic, 0x110, kRead, 0x210));
  atomic.address += 128;
  auto& vtable =
      all.emplace_back(goldenRace(DataRace, kWrite | record::kAccessVptr, 0x200, kRead | record::kAccessVptr, 0x120));
  vtable.address += 192;

  auto& forgotten = all.emplace_back(goldenRace(DataRace, kWrite, 0x110, kRead, 0));
  forgotten.accesses[1].stack.clear();
  forgotten.address += 256;
  auto& bare = all.emplace_back(goldenRace(DataRace, kWrite, 0x901, kRead, 0x902));
  bare.accesses[0].stack = stackOf({0x901});
  bare.accesses[1].stack = stackOf({0x902});
  bare.address += 320;
  auto& nothing = all.emplace_back(goldenRace(DataRace, kWrite, 0, kWrite, 0));
  nothing.accesses[0].stack.clear();
  nothing.accesses[1].stack.clear();
  nothing.threads.clear();
  nothing.modules.clear();
  nothing.address += 384;

  auto& evil = all.emplace_back(goldenRace(LostUpdate, kRmw, 0x600, kRmw, 0x610));
  evil.threads[0].name = "<script>x</script>";
  evil.threads[1].name = "a\n==1==ERROR\x1b[31m";
  evil.address += 448;
  evil.accesses[0].locks = {goldenLock("<svg onload=alert(1)>", 0x7900, {0x600})};
  evil.accesses[0].site =
      model::Site{"evil", "/demo/src/<img src=x onerror=alert(1)>&\"'.cpp", 11, 1, "", "A<B>::\"f\""};
  auto& odd = all.emplace_back(goldenRace(DataRace, kWrite, 0x700, kRead, 0x700));
  odd.address += 512;
  return all;
}

inline model::Finding goldenMisuse(uint32_t kind) {
  model::Finding finding;
  finding.kind = static_cast<record::FindingKind>(kind);
  finding.modules.push_back({0, "/demo/app", 0, {}});
  finding.address = 0x7700;
  finding.size = 40;
  finding.subject = goldenLock("m", 0x7700, {});
  const model::Lock other = goldenLock("n", 0x7800, {0x510});
  finding.steps = {{record::StepRole::Caught, 2, stackOf({0x200, 0x300}), goldenLock("m", 0x7700, {}), other},
                   {record::StepRole::Acquired, 1, stackOf({0x210, 0x300}), goldenLock("n", 0x7800, {}),
                    goldenLock("m", 0x7700, {0x500})}};
  finding.threads = {{1, 1001, "worker", 0, stackOf({0x400}), true}, {2, 1002, "", 0, stackOf({0x400}), false}};
  return finding;
}

inline std::vector<model::Finding> goldenFindings() {
  std::vector<model::Finding> all = goldenRaces();
  all.push_back(all.front());  // a second member of the first bug
  for (uint32_t kind = 20; kind <= 32; ++kind) all.push_back(goldenMisuse(kind));
  model::Finding signal = goldenMisuse(31);
  signal.address = 0;
  signal.subject.reset();
  signal.subjectText = "malloc";
  signal.steps = {{record::StepRole::Caught, 0, stackOf({0x100}), {}, {}},
                  {record::StepRole::Interrupted, {}, {}, {}, {}}};
  all.push_back(signal);
  model::Finding destroyed = goldenMisuse(24);
  destroyed.steps[1] = {record::StepRole::Destroyed, 1, stackOf({0x410}), {}, {}};
  destroyed.steps[0].stack = stackOf({0x120});
  all.push_back(destroyed);
  model::Finding cut = goldenMisuse(20);
  cut.steps[0].stack = stackOf({0x110});
  cut.steps[1].stack.clear();
  all.push_back(cut);
  for (size_t i = 0; i < all.size(); ++i) all[i].sequence = static_cast<uint32_t>(i + 1);
  return all;
}

}  // namespace snag::test

#endif  // SNAG_TESTS_GOLDEN_FINDINGS_H
