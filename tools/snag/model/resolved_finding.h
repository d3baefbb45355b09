// A finding with names instead of addresses: all that grouping, fingerprint and renderers need.
#ifndef SNAG_MODEL_RESOLVED_FINDING_H
#define SNAG_MODEL_RESOLVED_FINDING_H

#include "model/finding.h"
#include "model/frame_kind.h"
#include "model/symbolizer.h"

#include <optional>
#include <string>
#include <vector>

namespace snag::model {

struct ResolvedFrame {
  SourcePlace place;
  std::string module;    // path; empty if the address lies in no module
  uint64_t address = 0;  // in the module's file, or as it was in the process if there is no module
  FrameKind kind = FrameKind::User;
};

struct ResolvedStack {
  std::vector<ResolvedFrame> frames;  // innermost first, inlined calls spelled out

  // The innermost frame of the user's own code, or the innermost of all, or null if the stack is empty.
  const ResolvedFrame* userFrame() const;
  // Its index; frames.size() if no frame is the user's.
  size_t userIndex() const;
};

struct ResolvedLock {
  std::string name;  // "'m'" or "lock at 0x7f…"
  LockMode mode = LockMode::Write;
  ResolvedStack taken;  // may be empty
};

struct ResolvedAccess {
  ResolvedStack stack;
  std::vector<ResolvedLock> locks;
  std::string source;   // the line of the user's code, if it can be read
  std::string through;  // the library call by which the user's code made the access, or empty
};

struct ResolvedStep {
  ResolvedStack stack;  // may be empty
  std::string object;   // name as in ResolvedLock, empty if there is none
  std::optional<ResolvedLock> held;
};

struct ResolvedThread {
  uint32_t number = 0;
  ResolvedStack created;
};

struct ResolvedFinding {
  Finding raw;
  uint32_t processId = 0;
  ResolvedAccess accesses[2];
  std::vector<ResolvedStep> steps;  // as raw.steps
  std::string subject;  // what the finding is on: "Stats::hits", "counter", "malloc"; empty if it has no name
  DataSymbol symbol;    // of a global object
  std::string objectModule;
  ResolvedStack allocation;
  std::vector<ResolvedThread> threads;
  std::optional<ResolvedLock> usualLock;

  const Access& access(int side) const { return raw.accesses[side]; }
  // The frame in the user's code of one side: of a race's access, of a misuse's step that was caught and the one that
  // explains it. Null if the place is unknown.
  const ResolvedFrame* place(int side) const;
  // Steps with a known place count; which of them is side 1, or 0 if there is none.
  size_t explainingStep() const;
};

}  // namespace snag::model

#endif  // SNAG_MODEL_RESOLVED_FINDING_H
