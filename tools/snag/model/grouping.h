// One bug is one report. Findings belong together if they are
//   - on the same object between the same two functions,
//   - or between the same two places (line and column) of the user's code,
//   - or both sides are inside the standard library, called from the same two lines of the user's code: then they are
//     parts of one container, which is several objects (itself and the memory that it allocates),
//   - or one is about a container and the other about memory of such a container, between the same two functions.
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

  // The member that tells the story: the first of the strongest kind. Memory that the standard library allocated for a
  // container tells it only if the container itself is not among the members.
  const ResolvedFinding& main() const;
};

class Grouping {
 public:
  // Adds a finding; returns the index of its group, which never changes.
  size_t add(ResolvedFinding finding);
  // Drops from the group's newest member, or from the one that told the story before it, what no report shows of
  // members: a run may find one bug ten thousand times. Call it when nobody else wants to see the member whole.
  void slim(size_t group);

  const std::deque<Group>& groups() const { return groups_; }

 private:
  bool isNamedOtherwise(size_t group, const ResolvedFinding& finding) const;
  size_t groupOf(const ResolvedFinding& finding, const std::vector<std::string>& keys) const;

  std::deque<Group> groups_;
  std::deque<size_t> mains_;             // of each group, the index of main()
  std::map<std::string, size_t> byKey_;  // every key of every member
};

}  // namespace snag::model

#endif  // SNAG_MODEL_GROUPING_H
