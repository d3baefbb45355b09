// Which reports are wanted: --filter kind=lost-update,path=src/,fingerprint=7f3a.
#ifndef SNAG_MODEL_FILTER_H
#define SNAG_MODEL_FILTER_H

#include "model/resolved_finding.h"

#include <string>
#include <string_view>
#include <vector>

namespace snag::model {

class Filter {
 public:
  // Adds conditions. Returns what is wrong with the text, as a whole sentence, or nothing.
  std::string add(std::string_view text);

  // Conditions with the same key are alternatives; each key that is there must be met.
  bool wants(const ResolvedFinding& finding, std::string_view fingerprint) const;

 private:
  std::string addOne(std::string_view key, std::string value);

  std::vector<std::string> kinds_;         // kindId()
  std::vector<std::string> paths_;         // patterns as in suppression files
  std::vector<std::string> fingerprints_;  // prefixes
};

}  // namespace snag::model

#endif  // SNAG_MODEL_FILTER_H
