// What every output format implements. Reports come in order; `finish` comes once, at the end.
#ifndef SNAG_RENDER_RENDERER_H
#define SNAG_RENDER_RENDERER_H

#include "model/grouping.h"

#include <string>
#include <vector>

namespace snag::render {

struct Report {
  const model::Group& group;
  std::string fingerprint;
};

// A suppression rule as it stands in its file.
struct RuleUse {
  std::string text;
  uint32_t line = 0;
  size_t reports = 0;  // that it silenced
};

struct Totals {
  size_t reports = 0;      // that were rendered
  size_t suppressed = 0;   // reports that were not, because of a rule
  size_t findings = 0;     // members of all reports
  size_t lateMembers = 0;  // members that came after their report was rendered
  uint64_t races = 0;      // racing pairs seen, repeats included
  uint64_t forgotten = 0;  // shadow words forgotten for want of memory
  std::vector<RuleUse> usedRules;
  std::vector<RuleUse> unusedRules;
};

class Renderer {
 public:
  virtual ~Renderer() = default;
  // A process's records begin; a format may take its options from it.
  virtual void process(const model::Process& process) = 0;
  virtual void report(const Report& report) = 0;
  // Something the user must know about the records themselves, as a whole sentence.
  virtual void problem(const std::string& message) = 0;
  virtual void finish(const Totals& totals) = 0;
};

}  // namespace snag::render

#endif  // SNAG_RENDER_RENDERER_H
