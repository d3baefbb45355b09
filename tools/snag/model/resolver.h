// Turns findings into resolved findings: symbolises stacks, globals and locks, and merges what the site table knows.
#ifndef SNAG_MODEL_RESOLVER_H
#define SNAG_MODEL_RESOLVER_H

#include "model/resolved_finding.h"

#include <map>
#include <unordered_map>

namespace snag::model {

class Resolver {
 public:
  explicit Resolver(Symbolizer& symbolizer) : symbolizer_(symbolizer) {}

  ResolvedFinding resolve(Finding finding);

 private:
  ResolvedStack resolveStack(const Finding& finding, const Stack& stack);
  // The calls at an address with what they are. The same addresses are on many stacks, so answers are kept.
  const std::vector<ResolvedFrame>& framesAt(const std::string& module, uint64_t address);
  void appendFrame(const Finding& finding, const Frame& frame, ResolvedStack& out);
  ResolvedStep resolveStep(const Finding& finding, const Step& step);
  ResolvedAccess resolveAccess(const Finding& finding, const Access& access);
  ResolvedLock resolveLock(const Finding& finding, const Lock& lock);
  std::string lockName(const Finding& finding, const Lock& lock);
  void resolveObject(ResolvedFinding& resolved);

  Symbolizer& symbolizer_;
  std::map<std::string, std::unordered_map<uint64_t, std::vector<ResolvedFrame>>> frames_;
};

}  // namespace snag::model

#endif  // SNAG_MODEL_RESOLVER_H
