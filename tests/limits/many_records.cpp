// Usage: many_records FOLDER MODULE FINDINGS GROUPS FILES < ADDRESSES
// Writes record files as a test run of FILES processes would leave them: FINDINGS findings that belong to GROUPS bugs,
// with stacks of the depth that real programs have. ADDRESSES are lines "code HEX" and "data HEX": places in MODULE
// that the findings name, so that symbols have to be looked up as for a real program.
#include "record_builder.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

namespace snag::test {
namespace {

constexpr size_t kDepth = 16;

struct Places {
  std::vector<uint64_t> code, data;
};

Places readPlaces(std::istream& in) {
  Places places;
  uint64_t address = 0;
  for (std::string what; in >> what >> std::hex >> address;)
    (what == "code" ? places.code : places.data).push_back(address);
  return places;
}

// The innermost frame belongs to the bug; how it was reached differs a little from finding to finding.
std::vector<uint64_t> stackOf(const Places& places, size_t bug, size_t finding) {
  std::vector<uint64_t> stack;
  for (size_t depth = 0; depth < kDepth; ++depth)
    stack.push_back(places.code[(bug * 7 + depth * 131 + (depth > 8 ? finding % 3 : 0)) % places.code.size()]);
  return stack;
}

Fields lockFields(const Places& places, size_t bug) {
  return Fields()
      .u64(Tag::LockAddress, 0x7000 + bug)
      .u32(Tag::LockModeTag, 1)
      .stack(Tag::LockStack, stackOf(places, bug, 1));
}

Fields threadFields(const Places& places, uint32_t number) {
  return Fields()
      .u32(Tag::ThreadNumber, number)
      .u32(Tag::ThreadOsId, 1000 + number)
      .u32(Tag::ThreadCreator, 0)
      .stack(Tag::ThreadStack, stackOf(places, number, 0));
}

Fields objectFields(const Places& places, size_t bug, uint64_t address) {
  const bool isGlobal = !places.data.empty() && bug % 2 == 0;
  Fields fields;
  fields.u32(Tag::ObjectKindTag,
             static_cast<uint32_t>(isGlobal ? record::ObjectKind::Global : record::ObjectKind::Heap));
  if (isGlobal)
    return fields.u32(Tag::ObjectModule, 0).u64(Tag::ObjectOffset, places.data[bug / 2 % places.data.size()]);
  fields.u64(Tag::ObjectStart, address & ~uint64_t{255}).u64(Tag::ObjectSize, 256).u32(Tag::ObjectThread, 0);
  return fields.stack(Tag::ObjectStack, stackOf(places, bug + 3, 0));
}

ByteVector finding(const Places& places, const std::string& module, const std::string& source, size_t bug,
                   size_t number) {
  const std::string function = "update_" + std::to_string(bug), variable = "value_" + std::to_string(bug);
  const uint64_t address = 0x500000 + number * 256 + 8;
  const Fields site = siteFields(function, source, static_cast<uint32_t>(bug + 1), 3, variable);
  Fields fields;
  fields.u32(Tag::Kind,
             static_cast<uint32_t>(bug % 3 == 0 ? record::FindingKind::LostUpdate : record::FindingKind::DataRace));
  fields.u32(Tag::Sequence, static_cast<uint32_t>(number)).u64(Tag::Address, address).u32(Tag::Size, 8);
  for (uint32_t thread : {2, 1}) {
    Fields access =
        accessFields(record::kAccessRead | record::kAccessWrite, thread, site, stackOf(places, bug, number));
    if (thread == 1) access.nested(Tag::Lock, lockFields(places, bug));
    fields.nested(Tag::Access, access);
  }
  fields.nested(Tag::Object, objectFields(places, bug, address));
  for (uint32_t thread : {1, 2}) fields.nested(Tag::Thread, threadFields(places, thread));
  fields.nested(Tag::Module, Fields().u32(Tag::ModuleIndex, 0).text(Tag::ModulePath, module));
  return makeRecord(record::RecordKind::Finding, fields);
}

void write(std::ofstream& out, const ByteVector& bytes) {
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

void writeAll(const std::string& folder, const std::string& module, size_t findings, size_t groups, size_t files) {
  const Places places = readPlaces(std::cin);
  const std::string source = folder + "/many.cpp";
  std::ofstream text(source);
  for (size_t bug = 0; bug < groups; ++bug) text << "  value_" << bug << " += 1;\n";
  for (size_t file = 0; file < files; ++file) {
    std::ofstream out(folder + "/snag." + std::to_string(100000 + file) + ".snag", std::ios::binary);
    write(out, processRecord(static_cast<uint32_t>(file + 1)));
    for (size_t i = file; i < findings; i += files)
      write(out, finding(places, module, source, i * groups / findings, i));
    write(out, summaryRecord(findings / files));
  }
}

}  // namespace
}  // namespace snag::test

int main(int argc, char** argv) {
  if (argc != 6) return 64;
  snag::test::writeAll(argv[1], argv[2], std::strtoul(argv[3], nullptr, 10), std::strtoul(argv[4], nullptr, 10),
                       std::strtoul(argv[5], nullptr, 10));
}
