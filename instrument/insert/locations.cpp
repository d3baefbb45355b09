#include "insert/locations.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Function.h"

using namespace llvm;

namespace snag {
namespace {

bool hasLine(const Instruction& instruction) {
  const DILocation* location = instruction.getDebugLoc();
  return location && location->getLine() != 0;
}

// The inlined copy of a function that an instruction belongs to.
struct Frame {
  DISubprogram* subprogram;
  DILocation* inlinedAt;

  // `location`, or the call in this frame through which its code was inlined; null if it is not of this frame.
  DILocation* lineOf(DILocation* location) const {
    for (; location; location = location->getInlinedAt())
      if (location->getScope()->getSubprogram() == subprogram && location->getInlinedAt() == inlinedAt)
        return location->getLine() ? location : nullptr;
    return nullptr;
  }
};

DILocation* lineOfUser(const Frame& frame, const Instruction& instruction) {
  for (const User* user : instruction.users())
    if (auto* at = dyn_cast<Instruction>(user))
      if (DILocation* line = frame.lineOf(at->getDebugLoc())) return line;
  return nullptr;
}

// The instruction after comes first: the nearest that follows is more often part of the same statement.
DILocation* lineOfNeighbour(const Frame& frame, const Instruction& instruction) {
  const Instruction *after = instruction.getNextNode(), *before = instruction.getPrevNode();
  while (after || before) {
    for (const Instruction** at : {&after, &before})
      if (*at)
        if (DILocation* line = frame.lineOf((*at)->getDebugLoc())) return line;
    if (after) after = after->getNextNode();
    if (before) before = before->getPrevNode();
  }
  return nullptr;
}

void repair(Instruction& instruction) {
  if (hasLine(instruction)) return;
  DILocation* own = instruction.getDebugLoc();
  Frame frame = own ? Frame{own->getScope()->getSubprogram(), own->getInlinedAt()}
                    : Frame{instruction.getFunction()->getSubprogram(), nullptr};
  if (!frame.subprogram) return;
  DILocation* line = lineOfUser(frame, instruction);
  if (!line) line = lineOfNeighbour(frame, instruction);
  if (!line)
    line = DILocation::get(instruction.getContext(), frame.subprogram->getLine(), 0, frame.subprogram, frame.inlinedAt);
  instruction.setDebugLoc(line);
}

}  // namespace

void repairLocations(const FunctionAccesses& found) {
  for (const Access& access : found.accesses) {
    if (access.dropped) continue;
    repair(*access.instruction);
    repair(*access.before);
  }
  for (const AtomicAccess& atomic : found.atomics) repair(*atomic.instruction);
  for (const Fence& fence : found.fences) repair(*fence.instruction);
  for (CallBase* call : found.calls) repair(*call);
}

}  // namespace snag
