// Sources that lie elsewhere than where they were compiled: prefixes of paths are replaced.
#ifndef SNAG_MODEL_PATH_MAP_H
#define SNAG_MODEL_PATH_MAP_H

#include "model/resolved_finding.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace snag::model {

class PathMap {
 public:
  void add(std::string from, std::string to) { rules_.emplace_back(std::move(from), std::move(to)); }
  bool isEmpty() const { return rules_.empty(); }

  // The first rule whose prefix matches whole folders is applied.
  std::string mapped(const std::string& path) const;
  // All source paths of a finding.
  void apply(ResolvedFinding& finding) const;

 private:
  void apply(ResolvedStack& stack) const;

  std::vector<std::pair<std::string, std::string>> rules_;
};

}  // namespace snag::model

#endif  // SNAG_MODEL_PATH_MAP_H
