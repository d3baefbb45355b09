#include "report/misuse_builder.h"

#include "report/finding_parts.h"

namespace snag {

namespace {

using record::FindingKind;
using record::StepRole;

constexpr uint32_t kFirstKind = static_cast<uint32_t>(FindingKind::UnlockOfUnlocked);

constexpr FindingKind findingKindOf(MisuseKind kind) {
  return static_cast<FindingKind>(kFirstKind + static_cast<uint32_t>(kind));
}
static_assert(findingKindOf(MisuseKind::SelfDeadlock) == FindingKind::SelfDeadlock &&
              findingKindOf(MisuseKind::DestroyInUse) == FindingKind::DestroyInUse &&
              findingKindOf(MisuseKind::DescriptorRace) == FindingKind::DescriptorRace);
static_assert(static_cast<uint32_t>(MisuseRole::Interrupted) == static_cast<uint32_t>(StepRole::Interrupted) &&
              static_cast<uint32_t>(MisuseRole::Waiting) == static_cast<uint32_t>(StepRole::Waiting));

// Finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): spreads every bit.
uint64_t mixed(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

uint64_t placeKey(const Detector& detector, const MisuseStep& step) {
  const Detector::ContextInfo context = detector.context(step.context);
  return mixed(context.frameCount > 0 ? context.frames[0] : uint64_t{1});
}

// Which of its places was caught is chance.
bool isSymmetric(MisuseKind kind) {
  return kind == MisuseKind::LockOrderInversion || kind == MisuseKind::DescriptorRace;
}

void copyText(char* out, size_t capacity, const char* text) {
  size_t length = 0;
  for (; text != nullptr && text[length] != 0 && length + 1 < capacity; ++length) out[length] = text[length];
  out[length] = 0;
}

}  // namespace

uint64_t misuseKey(const Detector& detector, const Misuse& misuse) {
  uint64_t key = mixed(kFirstKind + static_cast<uint64_t>(misuse.kind));
  const size_t steps = isSymmetric(misuse.kind) ? misuse.count : misuse.count > 0 ? 1 : 0;
  for (size_t i = 0; i < steps; ++i) key += placeKey(detector, misuse.steps[i]);
  return mixed(key);
}

void buildMisuse(Detector& detector, FindHeapBlock findHeapBlock, const Misuse& misuse, RaceReport& out) {
  FindingParts parts(detector, findHeapBlock, out);
  out.kind = findingKindOf(misuse.kind);
  out.address = misuse.object;
  copyText(out.subjectText, sizeof out.subjectText, misuse.text);
  if (misuse.object != 0) {
    parts.describeObject(misuse.object);
    out.subject = parts.lockOf(misuse.object, LockMode::Write, kNoContext);
  }
  for (size_t i = 0; i < misuse.count; ++i) {
    const MisuseStep& step = misuse.steps[i];
    ReportStep& entry = out.steps[out.stepCount++];
    entry.role = static_cast<StepRole>(step.role);
    entry.hasThread = step.thread != nullptr;
    entry.thread = parts.addThread(step.thread);
    entry.stack = parts.stackOf(step.context);
    if (step.object != 0) entry.object = parts.lockOf(step.object, LockMode::Write, kNoContext);
    if (step.held != 0) entry.held = parts.lockOf(step.held, LockMode::Write, step.heldContext);
  }
}

}  // namespace snag
