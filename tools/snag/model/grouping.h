// One bug is one report: findings on the same object between the same two functions, or between the same two source
// lines, belong together.
#ifndef SNAG_MODEL_GROUPING_H
#define SNAG_MODEL_GROUPING_H

#include "model/resolved_finding.h"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace snag::model {

struct Group {
  std::vector<ResolvedFinding> members;  // in the order found

  // The member that tells the story: the first of the strongest kind.
  const ResolvedFinding& main() const;
};

class Grouping {
 public:
  // Adds a finding; returns the index of its group, which never changes.
  size_t add(ResolvedFinding finding);

  const std::deque<Group>& groups() const { return groups_; }

 private:
  std::deque<Group> groups_;
  std::map<std::string, size_t> byKey_;  // every key of every member
};

}  // namespace snag::model

#endif  // SNAG_MODEL_GROUPING_H
