// What every output format implements. Reports come in order; `finish` comes once, at the end. The groups that reports
// refer to stay until then.
#ifndef SNAG_RENDER_RENDERER_H
#define SNAG_RENDER_RENDERER_H

#include "model/grouping.h"
#include "model/text_format.h"

#include <optional>
#include <string>
#include <vector>

namespace snag::render {

// What a baseline says about a report; None if there is no baseline.
enum class BaselineState { None, New, Known, Expired };

struct Report {
  const model::Group& group;
  std::string fingerprint;
  BaselineState state = BaselineState::None;
};

// One process as its records tell it.
struct ProcessUse {
  model::Process process;
  std::optional<model::Summary> summary;  // missing if it died
  size_t findings = 0;
};

// What a gate decided, beside the reports themselves.
struct BaselineTotals {
  size_t added = 0;    // reports that the baseline does not know
  size_t known = 0;    // that it knows
  size_t expired = 0;  // that it knows, but only until a day that has passed
  size_t fixed = 0;    // entries of the baseline that were not seen
};

// A suppression rule as it stands in its file.
struct RuleUse {
  std::string text;
  uint32_t line = 0;
  size_t reports = 0;  // that it silenced
  size_t files = 0;    // source files in which those have their places

  // "race:f (line 3)".
  std::string name() const { return text + " (line " + std::to_string(line) + ")"; }
  // It silences more than one bug is likely to be: what a rule is meant to name.
  bool isOverBroad() const { return reports >= kManyReports || (reports > 1 && files >= kManyFiles); }

  static constexpr size_t kManyReports = 10, kManyFiles = 3;
};

struct Totals {
  size_t reports = 0;      // that were rendered
  size_t suppressed = 0;   // reports that were not, because of a rule
  size_t filtered = 0;     // reports that were not, because of --filter
  size_t findings = 0;     // members of all reports
  size_t lateMembers = 0;  // members that came after their report was rendered
  uint64_t races = 0;      // racing pairs seen, repeats included
  uint64_t forgotten = 0;  // shadow words forgotten for want of memory
  std::vector<RuleUse> usedRules;
  std::vector<RuleUse> unusedRules;
  std::vector<ProcessUse> processes;
  std::optional<BaselineTotals> baseline;
};

// "race:f (line 3): 12 findings in 4 files" of each rule that is too broad.
inline std::vector<std::string> overBroadRules(const Totals& totals) {
  std::vector<std::string> names;
  for (const RuleUse& rule : totals.usedRules)
    if (rule.isOverBroad())
      names.push_back(rule.name() + ": " + model::counted(rule.reports, "finding") + " in " +
                      model::counted(rule.files, "file"));
  return names;
}

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
