// Rules that silence reports, in the form of ThreadSanitizer's suppression files: one "type:pattern" a line.
#ifndef SNAG_MODEL_SUPPRESSIONS_H
#define SNAG_MODEL_SUPPRESSIONS_H

#include "model/resolved_finding.h"

#include <deque>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace snag::model {

struct SuppressionRule {
  enum class Kind {
    Any,      // any frame of the story of a finding of its type, or the global
    RaceTop,  // the innermost frame of the user's code of either access
    Ignored,  // for kinds of report that Snag does not make
  };

  Kind kind = Kind::Any;
  std::string type;  // race, mutex, ...: what stands before the colon
  std::string pattern;
  std::string text;  // as it stands in the file
  uint32_t line = 0;
  size_t reports = 0;           // that it silenced
  std::set<std::string> files;  // in which those reports have their places

  bool matches(const ResolvedFinding& finding) const;
};

class Suppressions {
 public:
  // Called with a whole sentence that says what is wrong and what to do.
  using Complain = std::function<void(const std::string&)>;

  // Adds the rules of a file; once, however often it is named. What cannot be used is complained about and left out.
  void readFile(const std::string& path, const Complain& complain);
  // Likewise; `name` stands for the file in complaints.
  void addText(std::string_view text, const std::string& name, const Complain& complain);

  // The first rule that silences the finding, or null. It stays where it is.
  SuppressionRule* find(const ResolvedFinding& finding);

  const std::deque<SuppressionRule>& rules() const { return rules_; }

 private:
  void addLine(std::string_view line, uint32_t number, const std::string& name, const Complain& complain);

  std::deque<SuppressionRule> rules_;
  std::set<std::string> files_;
};

}  // namespace snag::model

#endif  // SNAG_MODEL_SUPPRESSIONS_H
