#include "model/grouping.h"

#include "model/finding_kind.h"
#include "model/function_name.h"
#include "model/text_format.h"

#include <algorithm>
#include <utility>

namespace snag::model {

namespace {

int strength(FindingKind kind) {
  switch (kind) {
    case FindingKind::UseAfterFreeRace: return 3;
    case FindingKind::LostUpdate:
    case FindingKind::VirtualCallVsDestructor: return 2;
    case FindingKind::DataRace: return 1;
    default: break;
  }
  return 0;
}

std::string stackKey(const Stack& stack) {
  std::string key;
  for (const Frame& frame : stack) key += hex(frame.module == record::kNoModule ? frame.address : frame.offset) + ",";
  return key;
}

// Blocks from one allocation site count as one object: they are elements of one data structure.
std::string objectPart(const ResolvedFinding& finding) {
  const Object& object = finding.raw.object;
  if (!finding.symbol.name.empty()) return "symbol " + finding.objectModule + " " + finding.symbol.name;
  switch (object.kind) {
    case ObjectKind::Heap: return "heap " + (object.stack.empty() ? hex(object.start) : stackKey(object.stack));
    case ObjectKind::Stack: return "stack " + std::to_string(object.thread.value_or(0)) + " " + finding.subject;
    case ObjectKind::ThreadLocal: return "thread-local " + finding.subject;
    default: return "address " + hex(finding.raw.address);
  }
}

std::string pairKey(std::string a, std::string b) {
  if (b < a) std::swap(a, b);
  return a + " | " + b;
}

std::string functionOf(const ResolvedFrame* frame) {
  if (frame == nullptr) return "?";
  return frame->place.function.empty() ? frame->module + hex(frame->address) : plainFunction(frame->place.function);
}

std::string lineOf(const ResolvedFrame* frame) {
  if (frame == nullptr || frame->place.line == 0) return {};
  return frame->place.file + ":" + std::to_string(frame->place.line);
}

std::string columnOf(const ResolvedFrame* frame) {
  return frame == nullptr ? std::string() : ":" + std::to_string(frame->place.column);
}

bool isInsideLibrary(const ResolvedFinding& finding) {
  return !finding.accesses[0].through.empty() && !finding.accesses[1].through.empty();
}

// A container's buffer or node, as opposed to the container. The user's own code may touch it, through an iterator.
bool isMemoryOfContainer(const ResolvedFinding& finding) {
  if (finding.raw.object.kind != ObjectKind::Heap) return false;
  for (const ResolvedFrame& frame : finding.allocation.frames)
    if (frame.kind != FrameKind::Runtime) return frame.kind == FrameKind::Library;
  return false;
}

// The container that both sides are inside of, and the user's functions that are: "std::map<int, int> get | put".
std::string containerKey(const ResolvedFinding& finding) {
  if (!isInsideLibrary(finding)) return {};
  const std::string container = enclosingClass(finding.accesses[0].through);
  if (container.empty() || container != enclosingClass(finding.accesses[1].through)) return {};
  return container + " " + pairKey(functionOf(finding.place(0)), functionOf(finding.place(1)));
}

// A misuse is one bug with others of its kind between the same places, whatever the lock.
std::vector<std::string> misuseKeys(const ResolvedFinding& finding) {
  const std::string kind = kindName(finding.raw.kind) + " ";
  if (!isSymmetric(finding.raw.kind))
    return {kind + lineOf(finding.place(0)) + columnOf(finding.place(0)) + finding.subject};
  std::vector<std::string> places;
  for (const ResolvedStep& step : finding.steps)
    places.push_back(lineOf(step.stack.userFrame()) + columnOf(step.stack.userFrame()));
  std::ranges::sort(places);
  std::string key = kind;
  for (const std::string& place : places) key += place + " | ";
  return {key};
}

std::vector<std::string> keysOf(const ResolvedFinding& finding) {
  if (finding.raw.isMisuse()) return misuseKeys(finding);
  std::vector<std::string> keys;
  keys.push_back(objectPart(finding) + " " + pairKey(functionOf(finding.place(0)), functionOf(finding.place(1))));
  const std::string lines[2] = {lineOf(finding.place(0)), lineOf(finding.place(1))};
  if (!lines[0].empty() && !lines[1].empty()) {
    keys.push_back("places " + pairKey(lines[0] + columnOf(finding.place(0)), lines[1] + columnOf(finding.place(1))));
    if (isInsideLibrary(finding)) keys.push_back("library " + pairKey(lines[0], lines[1]));
  }
  if (const std::string container = containerKey(finding); !container.empty()) {
    keys.push_back("any of " + container);
    if (isMemoryOfContainer(finding)) keys.push_back("memory of " + container);
  }
  // A side whose place was forgotten cannot tell bugs apart: same name and same known line must do.
  for (const std::string& line : lines)
    if (!line.empty()) keys.push_back("one line " + line + " " + finding.subject);
  return keys;
}

// The larger one tells the story.
std::pair<bool, int> rank(const ResolvedFinding& member) {
  return {!isMemoryOfContainer(member), strength(member.raw.kind)};
}

void keepOnly(ResolvedStack& stack, const ResolvedFrame* frame) {
  if (frame == nullptr) return stack.frames.clear();
  std::vector<ResolvedFrame> kept = {*frame};
  stack.frames = std::move(kept);
}

// What is kept of a member: its kind, names and places, and what decides whether it tells the story.
void slimDown(ResolvedFinding& member) {
  for (ResolvedAccess& access : member.accesses) {
    keepOnly(access.stack, access.stack.userFrame());
    for (ResolvedLock& lock : access.locks) lock.taken = {};
  }
  for (ResolvedStep& step : member.steps) {
    keepOnly(step.stack, step.stack.userFrame());
    if (step.held) step.held->taken = {};
  }
  const auto own = std::ranges::find_if(member.allocation.frames,
                                        [](const ResolvedFrame& frame) { return frame.kind != FrameKind::Runtime; });
  keepOnly(member.allocation, own == member.allocation.frames.end() ? nullptr : &*own);
  member.threads = {};
  member.usualLock.reset();
  for (Access& access : member.raw.accesses) {
    access.locks = {};
    if (access.stack.size() > 1) access.stack = {access.stack.front()};  // empty means forgotten
  }
  for (Step& step : member.raw.steps) step.stack = {};
  member.raw.object.stack = {};
  member.raw.threads = {};
  member.raw.modules = {};
  member.raw.usualLock.reset();
}

}  // namespace

const ResolvedFinding& Group::main() const { return *std::ranges::max_element(members, {}, rank); }

bool Grouping::isNamedOtherwise(size_t group, const ResolvedFinding& finding) const {
  return std::ranges::any_of(groups_[group].members, [&](const ResolvedFinding& member) {
    return !isMemoryOfContainer(member) && member.symbol.name != finding.symbol.name;
  });
}

// Which group it joins: groups_.size() if none.
size_t Grouping::groupOf(const ResolvedFinding& finding, const std::vector<std::string>& keys) const {
  size_t index = groups_.size();
  const auto join = [&](const std::string& key) {
    if (auto known = byKey_.find(key); known != byKey_.end()) index = std::min(index, known->second);
  };
  const bool forgotten = finding.place(0) == nullptr || finding.place(1) == nullptr;
  const bool isMemory = isMemoryOfContainer(finding);
  for (const std::string& key : keys)
    if (!(key.starts_with("one line ") && !forgotten) && !(key.starts_with("any of ") && !isMemory)) join(key);
  if (const std::string container = containerKey(finding); !container.empty() && !isMemory && index == groups_.size())
    if (auto known = byKey_.find("memory of " + container);
        known != byKey_.end() && !isNamedOtherwise(known->second, finding))
      index = known->second;
  return index;
}

size_t Grouping::add(ResolvedFinding finding) {
  const std::vector<std::string> keys = keysOf(finding);
  const size_t index = groupOf(finding, keys);
  if (index == groups_.size()) {
    groups_.emplace_back();
    mains_.push_back(0);
  }
  for (const std::string& key : keys) byKey_.try_emplace(key, index);
  groups_[index].members.push_back(std::move(finding));
  return index;
}

void Grouping::slim(size_t group) {
  std::vector<ResolvedFinding>& members = groups_[group].members;
  const size_t newest = members.size() - 1;
  if (newest == 0) return;
  size_t& main = mains_[group];
  const size_t idle = rank(members[newest]) > rank(members[main]) ? std::exchange(main, newest) : newest;
  slimDown(members[idle]);
}

}  // namespace snag::model
