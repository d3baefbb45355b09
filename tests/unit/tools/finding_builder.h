// Hand-made findings, and stand-ins for debug info and source files.
#ifndef SNAG_TESTS_FINDING_BUILDER_H
#define SNAG_TESTS_FINDING_BUILDER_H

#include "model/finding.h"
#include "model/resolver.h"
#include "model/source_text.h"

#include <map>
#include <utility>

namespace snag::test {

constexpr uint32_t kRmw = record::kAccessRead | record::kAccessWrite;

// Answers from tables. Code is asked for at the return address minus one; the tables hold return addresses.
struct FakeSymbolizer : model::Symbolizer {
  std::map<uint64_t, std::vector<model::SourcePlace>> codeAt;
  std::map<uint64_t, model::DataSymbol> dataAt;

  std::vector<model::SourcePlace> code(const std::string&, uint64_t address) override {
    const auto found = codeAt.find(address + 1);
    return found == codeAt.end() ? std::vector<model::SourcePlace>() : found->second;
  }
  model::DataSymbol data(const std::string&, uint64_t address) override {
    const auto found = dataAt.find(address);
    return found == dataAt.end() ? model::DataSymbol() : found->second;
  }
};

struct FakeSource : model::SourceText {
  std::map<std::pair<std::string, uint32_t>, std::string> lines;

  std::optional<std::string> line(const std::string& file, uint32_t number) override {
    const auto found = lines.find({file, number});
    if (found == lines.end()) return std::nullopt;
    return found->second;
  }
};

inline model::Stack stackOf(std::initializer_list<uint64_t> addresses) {
  model::Stack stack;
  for (uint64_t address : addresses) stack.push_back({0x555500000000 + address, address, 0});
  return stack;
}

inline model::Access accessAt(uint32_t kind, uint32_t thread, model::Site site) {
  model::Access access;
  access.kind = kind;
  access.thread = thread;
  access.size = 4;
  access.site = std::move(site);
  return access;
}

// Thread T2 and thread T1 both do `counter += 1` in increment(), app.cpp:9:11; counter is a global.
inline model::Finding counterFinding() {
  model::Finding finding;
  finding.kind = record::FindingKind::LostUpdate;
  finding.sequence = 1;
  finding.address = 0x4010;
  finding.size = 4;
  finding.modules.push_back({0, "/demo/app", 0x555500000000, {}});
  finding.object.kind = record::ObjectKind::Global;
  finding.object.module = 0;
  finding.object.offset = 0x4010;
  for (int side : {0, 1})
    finding.accesses[side] =
        accessAt(kRmw, 2 - static_cast<uint32_t>(side), {"increment", "/demo/app.cpp", 9, 11, "counter", ""});
  return finding;
}

inline model::ResolvedFinding resolved(model::Finding finding, FakeSymbolizer symbols = {}) {
  return model::Resolver(symbols).resolve(std::move(finding));
}

}  // namespace snag::test

#endif  // SNAG_TESTS_FINDING_BUILDER_H
