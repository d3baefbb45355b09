#include "model/resolver.h"

#include "model/function_name.h"
#include "model/text_format.h"

#include <string_view>

namespace snag::model {

namespace {

// The site table and the debug info name the same place, perhaps with different columns or spellings.
bool agrees(const SourcePlace& place, const Site& site) {
  const bool sameFile = place.file.empty() || site.file.empty() || baseName(place.file) == baseName(site.file);
  if (!sameFile) return false;
  return sameFunction(place.function, site.function) || (place.line != 0 && place.line == site.line);
}

void overlaySite(SourcePlace& place, const Site& site) {
  if (place.function.empty()) place.function = site.function;
  if (site.line == 0) return;
  place.line = site.line;
  place.column = site.column;
  if (!site.file.empty()) place.file = site.file;
}

// The site is authoritative for the innermost frame: the pass wrote it from the source itself.
void mergeSite(ResolvedStack& stack, const Site& site) {
  if (site.function.empty() && site.line == 0) return;
  auto at = stack.frames.begin();
  while (at != stack.frames.end() && at->kind == FrameKind::Runtime) ++at;
  const bool bare = at != stack.frames.end() && at->place.function.empty() && at->place.file.empty();
  if (at != stack.frames.end() && (bare || agrees(at->place, site))) {
    overlaySite(at->place, site);
    at->kind = classifyFrame(at->place, at->module);
    return;
  }
  ResolvedFrame frame;
  frame.place = {site.function, site.file, site.line, site.column};
  frame.kind = classifyFrame(frame.place, {});
  stack.frames.insert(at, std::move(frame));
}

// "std::vector<int>::push_back" if the user's code reached the access through the library.
std::string throughLibrary(const ResolvedStack& stack) {
  const size_t user = stack.userIndex();
  if (user == 0 || user >= stack.frames.size()) return {};
  return bareFunction(prettyFunction(stack.frames[user - 1].place.function));
}

std::string siteName(const Access& access) {
  if (!access.site) return {};
  if (!access.site->field.empty()) return access.site->field;
  return access.site->variable == "this" ? std::string() : access.site->variable;
}

// What the user calls the bytes: a field before a variable, whichever side knows it.
std::string userNameOf(const ResolvedFinding& resolved) {
  for (bool wantField : {true, false})
    for (int side : {0, 1}) {
      const Access& access = resolved.access(side);
      const std::string name = siteName(access);
      if (!resolved.accesses[side].through.empty() || name.empty() || (wantField && access.site->field.empty()))
        continue;
      return prettyFunction(name);
    }
  return {};
}

// "std::vector<int>" of "std::vector<int>::push_back": says more than the library's "_M_finish".
std::string libraryClassOf(const ResolvedFinding& resolved) {
  std::string smallest;  // does not depend on the order of the sides
  for (const ResolvedAccess& access : resolved.accesses) {
    const std::string name = enclosingClass(access.through);
    if (smallest.empty() || (!name.empty() && name < smallest)) smallest = name;
  }
  return smallest;
}

std::string unquoted(const std::string& name) {
  return name.size() >= 2 && name.front() == '\'' && name.back() == '\'' ? name.substr(1, name.size() - 2) : "";
}

// "stats" of "stats.0": the optimiser splits and renames static data, differently at each level.
std::string sourceName(std::string symbol) {
  const size_t dot = symbol.find('.');
  if (dot == std::string::npos || dot == 0 || symbol.find_first_not_of(".0123456789", dot) != std::string::npos)
    return symbol;
  return symbol.substr(0, dot);
}

// Of a cycle's locks the first by name: which of its places was caught is chance.
std::string misuseSubject(const ResolvedFinding& resolved) {
  if (!resolved.raw.subjectText.empty()) return resolved.raw.subjectText;
  std::string smallest;
  if (resolved.raw.kind == FindingKind::LockOrderInversion)
    for (const ResolvedStep& step : resolved.steps)
      if (const std::string name = unquoted(step.object); !name.empty() && (smallest.empty() || name < smallest))
        smallest = name;
  if (!smallest.empty()) return smallest;
  return resolved.symbol.path.empty() ? resolved.symbol.name : resolved.symbol.path;
}

std::string subjectOf(const ResolvedFinding& resolved) {
  if (std::string name = userNameOf(resolved); !name.empty()) return name;
  if (!resolved.symbol.path.empty()) return resolved.symbol.path;
  return resolved.symbol.name.empty() ? libraryClassOf(resolved) : resolved.symbol.name;
}

}  // namespace

void Resolver::appendFrame(const Finding& finding, const Frame& frame, ResolvedStack& out) {
  const Module* module = finding.findModule(frame.module);
  if (module == nullptr) {
    out.frames.push_back({{}, {}, frame.address, FrameKind::User});
    return;
  }
  // Return addresses lie behind the call, which may be the last instruction of its line.
  const auto& frames = framesAt(module->path, frame.offset == 0 ? 0 : frame.offset - 1);
  out.frames.insert(out.frames.end(), frames.begin(), frames.end());
}

const std::vector<ResolvedFrame>& Resolver::framesAt(const std::string& module, uint64_t address) {
  auto [known, isNew] = frames_[module].try_emplace(address);
  if (!isNew) return known->second;
  std::vector<SourcePlace> places = symbolizer_.code(module, address);
  if (places.empty()) places.emplace_back();
  for (SourcePlace& place : places) {
    const FrameKind kind = classifyFrame(place, module);
    known->second.push_back({std::move(place), module, address, kind});
  }
  return known->second;
}

ResolvedStack Resolver::resolveStack(const Finding& finding, const Stack& stack) {
  ResolvedStack resolved;
  for (const Frame& frame : stack) appendFrame(finding, frame, resolved);
  return resolved;
}

std::string Resolver::lockName(const Finding& finding, const Lock& lock) {
  if (!lock.name.empty()) return inQuotes(lock.name);
  const Module* module = lock.module ? finding.findModule(*lock.module) : nullptr;
  if (module != nullptr) {
    const DataSymbol symbol = symbolizer_.data(module->path, lock.offset);
    const uint64_t inside = lock.offset - symbol.start;
    if (!symbol.path.empty()) return inQuotes(symbol.path);
    if (!symbol.name.empty()) return inQuotes(symbol.name + (inside == 0 ? "" : "+" + std::to_string(inside)));
  }
  return "the lock at " + hex(lock.address);
}

ResolvedLock Resolver::resolveLock(const Finding& finding, const Lock& lock) {
  return {lockName(finding, lock), lock.mode, resolveStack(finding, lock.stack)};
}

ResolvedAccess Resolver::resolveAccess(const Finding& finding, const Access& access) {
  ResolvedAccess resolved;
  resolved.stack = resolveStack(finding, access.stack);
  if (access.site) mergeSite(resolved.stack, *access.site);
  resolved.through = throughLibrary(resolved.stack);
  for (const Lock& lock : access.locks) resolved.locks.push_back(resolveLock(finding, lock));
  return resolved;
}

ResolvedStep Resolver::resolveStep(const Finding& finding, const Step& step) {
  ResolvedStep resolved;
  resolved.stack = resolveStack(finding, step.stack);
  if (step.object) resolved.object = lockName(finding, *step.object);
  if (step.held) resolved.held = resolveLock(finding, *step.held);
  return resolved;
}

void Resolver::resolveObject(ResolvedFinding& resolved) {
  const Object& object = resolved.raw.object;
  resolved.allocation = resolveStack(resolved.raw, object.stack);
  const Module* module = object.module ? resolved.raw.findModule(*object.module) : nullptr;
  if (module == nullptr) return;
  resolved.objectModule = module->path;
  resolved.symbol = symbolizer_.data(module->path, object.offset);
  resolved.symbol.name = sourceName(prettyFunction(std::move(resolved.symbol.name)));  // without [abi:cxx11]
}

ResolvedFinding Resolver::resolve(Finding finding) {
  ResolvedFinding resolved;
  resolved.raw = std::move(finding);
  const Finding& raw = resolved.raw;
  for (const Step& step : raw.steps) resolved.steps.push_back(resolveStep(raw, step));
  for (int side : {0, 1}) resolved.accesses[side] = resolveAccess(raw, raw.accesses[side]);
  resolveObject(resolved);
  for (const Thread& thread : raw.threads) resolved.threads.push_back({thread.number, resolveStack(raw, thread.stack)});
  if (raw.usualLock) resolved.usualLock = resolveLock(raw, raw.usualLock->lock);
  resolved.subject = raw.isMisuse() ? misuseSubject(resolved) : subjectOf(resolved);
  return resolved;
}

}  // namespace snag::model
