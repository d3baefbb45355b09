#include "model/advice.h"

#include "model/evidence.h"
#include "model/finding_kind.h"
#include "model/function_name.h"
#include "model/misuse_text.h"
#include "model/sentence.h"
#include "model/text_format.h"

#include <algorithm>

namespace snag::model {

using namespace record;

std::string shortPlace(const ResolvedFrame& frame) {
  const SourcePlace& place = frame.place;
  if (place.line == 0) {
    const std::string where =
        frame.module.empty() ? hex(frame.address) : std::string(baseName(frame.module)) + "+" + hex(frame.address);
    return place.function.empty() ? where : bareFunction(place.function) + " (" + where + ")";
  }
  std::string text = std::string(baseName(place.file)) + ":" + std::to_string(place.line);
  if (place.column != 0) text += ":" + std::to_string(place.column);
  return text;
}

std::string lockText(const ResolvedLock& lock) { return lock.name.starts_with('\'') ? "lock " + lock.name : lock.name; }

namespace {

std::string sideText(const ResolvedFinding& finding, int side) {
  const ResolvedFrame* frame = finding.place(side);
  return threadText(finding.access(side).thread) + (frame == nullptr ? "" : " (" + shortPlace(*frame) + ")");
}

bool holds(const Access& access, uint64_t lock) {
  return std::ranges::find(access.locks, lock, &Lock::address) != access.locks.end();
}

std::string lockAdvice(const ResolvedFinding& finding, const std::string& lock, int side) {
  return "hold " + lock + " in " + sideText(finding, side) + " as well.";
}

// The lock that most accesses hold, if exactly one side lacks it: that side is the bug.
std::string usualLockAdvice(const ResolvedFinding& finding) {
  if (!finding.usualLock) return {};
  const UsualLock& usual = *finding.raw.usualLock;
  const bool held[2] = {holds(finding.access(0), usual.lock.address), holds(finding.access(1), usual.lock.address)};
  if (held[0] && held[1]) return {};
  const std::string lock = lockText(*finding.usualLock);
  const std::string evidence =
      std::to_string(usual.held) + " of " + std::to_string(usual.total) + " accesses hold " + lock + ": ";
  if (!held[0] && !held[1]) return evidence + "hold it on both sides, too.";
  return evidence + lockAdvice(finding, "it", held[0] ? 1 : 0);
}

const ResolvedLock* sharedReadLock(const ResolvedFinding& finding) {
  const auto& locks = finding.access(0).locks;
  for (size_t i = 0; i < locks.size(); ++i)
    if (locks[i].mode == LockMode::Read && holds(finding.access(1), locks[i].address))
      return &finding.accesses[0].locks[i];
  return nullptr;
}

std::string heldLockAdvice(const ResolvedFinding& finding) {
  if (const ResolvedLock* lock = sharedReadLock(finding))
    return "take " + lockText(*lock) + " for writing where the memory is written; both sides hold it only for reading.";
  const auto& first = finding.accesses[0].locks;
  const auto& second = finding.accesses[1].locks;
  if (first.empty() && second.empty()) return {};
  if (!first.empty() && !second.empty())
    return "the two sides hold different locks (" + first.front().name + " and " + second.front().name +
           "), which do not exclude each other: hold one and the same lock on both sides.";
  const int without = first.empty() ? 0 : 1;
  return lockAdvice(finding, lockText((without == 0 ? second : first).front()), without);
}

bool either(const ResolvedFinding& finding, uint32_t bits) {
  return finding.access(0).is(bits) || finding.access(1).is(bits);
}

// Kinds of access for which "add a lock around both" is not the usual answer.
std::string lifetimeAdvice(const ResolvedFinding& finding) {
  if (finding.raw.kind == FindingKind::UseAfterFreeRace || either(finding, kAccessFree))
    return "keep the block alive until its last user is done: join that thread before freeing, or share ownership "
           "(std::shared_ptr).";
  if (either(finding, kAccessVptr))
    return "stop or join the other thread before the destructor begins, and start it only after the constructor is "
           "done.";
  if (either(finding, kAccessAllocate))
    return "hand the pointer over with a lock, or through a std::atomic with release and acquire order.";
  return {};
}

// Library objects cannot be made atomic from outside.
std::string libraryAdvice(const ResolvedFinding& finding) {
  for (const ResolvedAccess& access : finding.accesses)
    if (!access.through.empty())
      return "hold one lock around both accesses: an object of the standard library may not be changed by one thread "
             "while another uses it.";
  return {};
}

std::string nameOf(const ResolvedFinding& finding) {
  return finding.subject.empty() ? "it" : inQuotes(finding.subject);
}

bool isInC(const ResolvedFinding& finding) {
  for (int side = 0; side < 2; ++side) {
    const ResolvedFrame* frame = finding.place(side);
    if (frame == nullptr || !frame->place.file.ends_with(".c")) return false;
  }
  return true;
}

// With its article.
std::string anAtomic(const ResolvedFinding& finding) {
  const std::string& type = finding.symbol.type;
  if (isInC(finding)) return type.empty() ? "an _Atomic object" : "an _Atomic(" + type + ")";
  return type.empty() ? "a std::atomic" : "a std::atomic<" + type + ">";
}

Change changeOn(const ResolvedFinding& finding, int side) {
  const ResolvedFrame* frame = finding.place(side);
  return frame == nullptr ? Change::Unknown : changeOf(finding.accesses[side].source, frame->place.column);
}

struct OneStep {
  Change first, second;
  const char* what;
  const char* how;
  const char* howInC;
};

constexpr OneStep kOneSteps[] = {
    {Change::Adds, Change::Adds, "add", "fetch_add", "atomic_fetch_add"},
    {Change::Subtracts, Change::Subtracts, "subtract", "fetch_sub", "atomic_fetch_sub"},
    {Change::Adds, Change::Subtracts, "add or subtract", "fetch_add and fetch_sub",
     "atomic_fetch_add and atomic_fetch_sub"},
    {Change::SetsBits, Change::SetsBits, "set bits", "fetch_or", "atomic_fetch_or"},
    {Change::ClearsBits, Change::ClearsBits, "clear bits", "fetch_and", "atomic_fetch_and"},
    {Change::SetsBits, Change::ClearsBits, "set or clear bits", "fetch_or and fetch_and",
     "atomic_fetch_or and atomic_fetch_and"},
    {Change::FlipsBits, Change::FlipsBits, "flip bits", "fetch_xor", "atomic_fetch_xor"},
};

// Both sides are updates that an atomic does in one step.
std::string updateAdvice(const ResolvedFinding& finding) {
  const Change first = changeOn(finding, 0), second = changeOn(finding, 1);
  const bool mayBeBool = finding.access(0).size == 1 && first != Change::Adds && first != Change::Subtracts;
  for (const OneStep& step : kOneSteps)
    if (!mayBeBool &&
        ((step.first == first && step.second == second) || (step.first == second && step.second == first)))
      return std::string("both sides only ") + step.what + ": make " + nameOf(finding) + " " + anAtomic(finding) +
             " and use " + (isInC(finding) ? step.howInC : step.how) + ", or hold one lock around both updates.";
  return "make " + nameOf(finding) + " " + anAtomic(finding) + " and update it in one step (" +
         (isInC(finding) ? "atomic_fetch_add" : "fetch_add") + "), or hold one lock around both updates.";
}

// One side stores a pointer or a flag for the other to find: order is what is missing, not a lock.
std::string publicationAdvice(const ResolvedFinding& finding) {
  const int writer = finding.access(0).writes() ? 0 : 1;
  if (finding.access(1 - writer).writes() || finding.access(writer).isReadModifyWrite()) return {};
  const std::string& type = finding.symbol.type;
  const bool isPointer = type.ends_with('*') || (finding.access(writer).size == sizeof(void*) && type.empty() &&
                                                 assignsPointer(finding.accesses[writer].source));
  if (!isPointer && type != "bool" && type != "_Bool") return {};
  const std::string scope = isInC(finding) ? "" : "std::";
  return nameOf(finding) + " is a " + (isPointer ? "pointer" : "flag") +
         " that one thread publishes for another: make it " + anAtomic(finding) + ", store it with " + scope +
         "memory_order_release and load it with " + scope + "memory_order_acquire, " +
         "or hold one lock around both accesses.";
}

std::string atomicAdvice(const ResolvedFinding& finding) {
  const Access& first = finding.access(0);
  const Access& second = finding.access(1);
  if (first.is(kAccessAtomic) != second.is(kAccessAtomic))
    return "make the plain access in " + sideText(finding, first.is(kAccessAtomic) ? 1 : 0) +
           " atomic too; one plain access is enough for a race.";
  if (first.isReadModifyWrite() && second.isReadModifyWrite() && std::max(first.size, second.size) <= 8)
    return updateAdvice(finding);
  if (first.isReadModifyWrite() || second.isReadModifyWrite())
    return "hold one lock around both accesses, the whole read-modify-write included.";
  if (first.writes() && second.writes()) return "hold one lock around both writes, or let only one thread write.";
  if (std::string advice = publicationAdvice(finding); !advice.empty()) return advice;
  return "hold one lock around both accesses, make " + nameOf(finding) + " " + anAtomic(finding) +
         " (store with release, load with acquire order), or join the writer before reading.";
}

// '$' anchors a pattern in suppression files; lambdas have it in their names.
std::string asPattern(std::string function) {
  std::ranges::replace(function, '$', '*');
  return function;
}

}  // namespace

std::string fixAdvice(const ResolvedFinding& finding) {
  if (finding.raw.isMisuse()) return misuseAdvice(finding);
  for (auto advise : {lifetimeAdvice, usualLockAdvice, heldLockAdvice, libraryAdvice})
    if (std::string advice = advise(finding); !advice.empty()) return advice;
  return atomicAdvice(finding);
}

std::string suppressionRule(const ResolvedFinding& finding) {
  for (int side : {0, 1})
    if (const ResolvedFrame* frame = finding.place(side); frame != nullptr && !frame->place.function.empty())
      return std::string(ruleType(finding.raw.kind)) + ":" + asPattern(bareFunction(frame->place.function));
  return {};
}

}  // namespace snag::model
