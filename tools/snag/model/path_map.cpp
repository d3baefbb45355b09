#include "model/path_map.h"

namespace snag::model {

std::string PathMap::mapped(const std::string& path) const {
  for (const auto& [from, to] : rules_) {
    if (!path.starts_with(from)) continue;
    const bool wholeFolder = from.ends_with('/') || path.size() == from.size() || path[from.size()] == '/';
    if (wholeFolder) return to + path.substr(from.size());
  }
  return path;
}

void PathMap::apply(ResolvedStack& stack) const {
  for (ResolvedFrame& frame : stack.frames) frame.place.file = mapped(frame.place.file);
}

void PathMap::apply(ResolvedFinding& finding) const {
  if (isEmpty()) return;
  for (ResolvedAccess& access : finding.accesses) {
    apply(access.stack);
    for (ResolvedLock& lock : access.locks) apply(lock.taken);
  }
  for (ResolvedStep& step : finding.steps) {
    apply(step.stack);
    if (step.held) apply(step.held->taken);
  }
  apply(finding.allocation);
  for (ResolvedThread& thread : finding.threads) apply(thread.created);
  if (finding.usualLock) apply(finding.usualLock->taken);
  finding.symbol.file = mapped(finding.symbol.file);
}

}  // namespace snag::model
