#include "render/object_text.h"

#include "model/advice.h"
#include "model/sentence.h"
#include "model/text_format.h"
#include "render/stack_text.h"

namespace snag::render {

using namespace model;

Extent extentOf(const ResolvedFinding& finding) {
  const Object& object = finding.raw.object;
  if (!finding.symbol.name.empty()) return {object.offset - finding.symbol.start, finding.symbol.size};
  if (object.start == 0 || finding.raw.address < object.start) return {};
  return {finding.raw.address - object.start, object.size};
}

namespace {

std::string ownerText(const Object& object) { return object.thread ? threadText(*object.thread) : "an unknown thread"; }

std::string heapBlock(const Object& object) {
  return object.size == 0 ? "heap block" : "heap block of " + counted(object.size, "byte");
}

std::string moduleSuffix(const ResolvedFinding& finding) {
  return finding.objectModule.empty() ? "" : " in " + std::string(baseName(finding.objectModule));
}

// "bytes 8 to 11 of it are raced on"; nothing if that is the whole object.
std::string rangeText(const ResolvedFinding& finding) {
  const Extent extent = extentOf(finding);
  const uint64_t bytes = finding.raw.size;
  if (bytes == 0 || extent.size == 0 || bytes >= extent.size) return {};
  if (bytes == 1) return "; the race is on its byte at offset " + std::to_string(extent.offset);
  return "; the race is on its " + std::to_string(bytes) + " bytes at offset " + std::to_string(extent.offset);
}

std::string longGlobal(const ResolvedFinding& finding) {
  if (finding.symbol.name.empty()) return "global data at " + hex(finding.raw.address) + moduleSuffix(finding);
  std::string text = "global " + inQuotes(finding.symbol.name);
  if (finding.symbol.size != 0) text += ", " + counted(finding.symbol.size, "byte");
  text += "," + moduleSuffix(finding);
  if (finding.symbol.line != 0)
    text += ", declared at " + std::string(baseName(finding.symbol.file)) + ":" + std::to_string(finding.symbol.line);
  return text;
}

std::string longHeap(const ResolvedFinding& finding) {
  std::string text = heapBlock(finding.raw.object);
  if (finding.raw.object.thread) text += ", allocated by " + threadText(*finding.raw.object.thread);
  if (const ResolvedFrame* frame = finding.allocation.userFrame()) text += " at " + frameText(*frame);
  return text;
}

}  // namespace

std::string shortObject(const ResolvedFinding& finding) {
  const Object& object = finding.raw.object;
  switch (object.kind) {
    case ObjectKind::Global:
      return finding.symbol.name.empty() ? "global data" + moduleSuffix(finding)
                                         : "global " + inQuotes(finding.symbol.name);
    case ObjectKind::Heap: {
      const ResolvedFrame* frame = finding.allocation.userFrame();
      return heapBlock(object) + (frame == nullptr ? "" : " allocated at " + shortPlace(*frame));
    }
    case ObjectKind::Stack: return "stack of " + ownerText(object);
    case ObjectKind::ThreadLocal: return "thread-local storage of " + ownerText(object);
    case ObjectKind::Unknown: break;
  }
  return "memory at " + hex(finding.raw.address);
}

std::string longObject(const ResolvedFinding& finding) {
  const Object& object = finding.raw.object;
  switch (object.kind) {
    case ObjectKind::Global: return longGlobal(finding) + rangeText(finding);
    case ObjectKind::Heap: return longHeap(finding) + rangeText(finding);
    case ObjectKind::Stack: return "variable on the stack of " + ownerText(object) + ", at " + hex(finding.raw.address);
    case ObjectKind::ThreadLocal:
      return "thread-local variable of " + ownerText(object) + ", at " + hex(finding.raw.address);
    case ObjectKind::Unknown: break;
  }
  return "memory at " + hex(finding.raw.address) + ", neither a global nor a heap block that Snag knows";
}

}  // namespace snag::render
