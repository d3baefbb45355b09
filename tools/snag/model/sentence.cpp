#include "model/sentence.h"

#include "model/field_cursor.h"
#include "model/misuse_text.h"
#include "model/text_format.h"

namespace snag::model {

using namespace record;

std::string subjectText(const ResolvedFinding& finding) {
  if (!finding.subject.empty()) return inQuotes(finding.subject);
  if (finding.raw.isMisuse()) return "the lock at " + hex(finding.raw.address);
  return counted(finding.raw.size, "byte") + " at " + hex(finding.raw.address);
}

std::string threadText(uint32_t number) {
  return number == 0 ? "the main thread" : "thread T" + std::to_string(number);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string accessText(const Access& access) {
  const std::string bytes = counted(access.size, "byte");
  if (access.is(kAccessFree)) return "frees the block";
  if (access.is(kAccessAllocate)) return "allocates the block";
  if (access.is(kAccessVptr)) return access.writes() ? "sets the vtable pointer" : "reads the vtable pointer";
  const std::string how = access.is(kAccessAtomic) ? "atomically " : "";
  if (access.isReadModifyWrite()) return how + "reads and writes " + bytes + " (read-modify-write)";
  return how + (access.writes() ? "writes " : "reads ") + bytes;
}

namespace {

// Sign and type are unknown: small numbers as they are, large patterns in hexadecimal too.
std::string valueText(const std::vector<uint8_t>& bytes) {
  if (bytes.empty() || bytes.size() > 8 || (bytes.size() & (bytes.size() - 1)) != 0) return {};
  const uint64_t value = littleEndian(bytes, bytes.size());
  if (value < 1u << 24) return std::to_string(value);
  const unsigned unused = 64 - 8 * static_cast<unsigned>(bytes.size());
  const int64_t number = static_cast<int64_t>(value << unused) >> unused;
  return number < 0 && number > -(1 << 24) ? std::to_string(number) : hex(value);
}

std::string valueBefore(const ResolvedFinding& finding) {
  const std::string value = valueText(finding.raw.valueBefore);
  if (value.empty()) return {};
  return " It held " + value + " just before " + threadText(finding.access(0).thread) + "'s access.";
}

int sideThat(const ResolvedFinding& finding, bool (*test)(const Access&)) { return test(finding.access(0)) ? 0 : 1; }

std::string lostUpdate(const ResolvedFinding& finding) {
  const std::string what = subjectText(finding);
  if (finding.access(0).isReadModifyWrite() && finding.access(1).isReadModifyWrite())
    return "Two threads read " + what +
           ", change it and write it back, and nothing orders them: when they overlap, "
           "one of the two updates is lost." +
           valueBefore(finding);
  const int update = sideThat(finding, [](const Access& access) { return access.isReadModifyWrite(); });
  return capitalised(threadText(finding.access(update).thread)) + " reads " + what +
         ", changes it and writes it back; " + threadText(finding.access(1 - update).thread) +
         " writes it in between unnoticed, and that value is overwritten and lost." + valueBefore(finding);
}

std::string useAfterFree(const ResolvedFinding& finding) {
  const int freeing = sideThat(finding, [](const Access& access) { return access.is(kAccessFree); });
  const std::string frees = threadText(finding.access(freeing).thread);
  const std::string uses = threadText(finding.access(1 - freeing).thread);
  const std::string what = finding.subject.empty() ? "the block" : "the memory of " + subjectText(finding);
  return capitalised(frees) + " frees " + what + " and " + uses +
         " uses it, with nothing that makes the free wait for the use: the block may already belong to someone else.";
}

std::string writeWrite(const ResolvedFinding& finding) {
  return "Two threads write " + subjectText(finding) +
         " and nothing orders them: which value stays, or a mixture of both, is left to chance." + valueBefore(finding);
}

std::string writeRead(const ResolvedFinding& finding) {
  const int writer = sideThat(finding, [](const Access& access) { return access.writes(); });
  const Access& write = finding.access(writer);
  const Access& read = finding.access(1 - writer);
  const std::string doing = write.isReadModifyWrite() ? " updates " : " writes ";
  return capitalised(threadText(write.thread)) + doing + subjectText(finding) + " while " + threadText(read.thread) +
         " reads it, and nothing orders them: the reader may get the old value, the new one, or part of each." +
         valueBefore(finding);
}

std::string allocation(const ResolvedFinding& finding) {
  const int allocating = sideThat(finding, [](const Access& access) { return access.is(kAccessAllocate); });
  return capitalised(threadText(finding.access(allocating).thread)) + " allocates the memory of " +
         subjectText(finding) + " and " + threadText(finding.access(1 - allocating).thread) +
         " uses it, but nothing orders the two: the pointer was handed over without synchronisation.";
}

std::string vtablePointer(const ResolvedFinding& finding) {
  const int setter = sideThat(finding, [](const Access& access) { return access.writes(); });
  return capitalised(threadText(finding.access(setter).thread)) + " is constructing or destroying the object while " +
         threadText(finding.access(1 - setter).thread) +
         " makes a virtual call on it: the call may run the wrong class's function.";
}

bool eitherSide(const ResolvedFinding& finding, uint32_t bits) {
  return finding.access(0).is(bits) || finding.access(1).is(bits);
}

std::string dataRace(const ResolvedFinding& finding) {
  if (eitherSide(finding, kAccessFree)) return useAfterFree(finding);
  if (eitherSide(finding, kAccessAllocate)) return allocation(finding);
  if (eitherSide(finding, kAccessVptr)) return vtablePointer(finding);
  return finding.access(0).writes() && finding.access(1).writes() ? writeWrite(finding) : writeRead(finding);
}

}  // namespace

std::string plainSentence(const ResolvedFinding& finding) {
  if (finding.raw.isMisuse()) return misuseSentence(finding);
  if (finding.raw.kind == FindingKind::LostUpdate) return lostUpdate(finding);
  if (finding.raw.kind == FindingKind::UseAfterFreeRace) return useAfterFree(finding);
  return dataRace(finding);
}

}  // namespace snag::model
