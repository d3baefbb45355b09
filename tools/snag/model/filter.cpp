#include "model/filter.h"

#include "model/finding_kind.h"
#include "model/name_pattern.h"
#include "model/text_format.h"

#include <algorithm>

namespace snag::model {

namespace {

bool isKind(const std::string& id) {
  return std::ranges::any_of(allKinds(), [&](record::FindingKind kind) { return kindId(kind) == id; });
}

std::string kindList() {
  std::vector<std::string> ids;
  for (record::FindingKind kind : allKinds()) ids.push_back(kindId(kind));
  return joined(ids);
}

bool meets(const std::vector<std::string>& alternatives, const auto& test) {
  return alternatives.empty() || std::ranges::any_of(alternatives, test);
}

bool isAt(const ResolvedFinding& finding, const std::string& pattern) {
  const auto inFile = [&](const ResolvedFrame* frame) {
    return frame != nullptr && matchesPattern(pattern, frame->place.file);
  };
  if (inFile(finding.place(0)) || inFile(finding.place(1))) return true;
  return std::ranges::any_of(finding.steps, [&](const ResolvedStep& step) { return inFile(step.stack.userFrame()); });
}

}  // namespace

std::string Filter::add(std::string_view text) {
  while (!text.empty()) {
    const std::string_view condition = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), condition.size() + 1));
    const size_t equals = condition.find('=');
    if (equals == std::string_view::npos || equals + 1 == condition.size())
      return "'" + std::string(condition) + "' is no filter. Write kind=, path= or fingerprint= and a value.";
    if (std::string wrong = addOne(condition.substr(0, equals), std::string(condition.substr(equals + 1)));
        !wrong.empty())
      return wrong;
  }
  return {};
}

std::string Filter::addOne(std::string_view key, std::string value) {
  if (key == "kind" && !isKind(value)) return "There is no kind '" + value + "'. Kinds are " + kindList() + ".";
  if (key == "kind")
    kinds_.push_back(std::move(value));
  else if (key == "path")
    paths_.push_back(std::move(value));
  else if (key == "fingerprint")
    fingerprints_.push_back(std::move(value));
  else
    return "Reports cannot be filtered by '" + std::string(key) + "'. Write kind=, path= or fingerprint=.";
  return {};
}

bool Filter::wants(const ResolvedFinding& finding, std::string_view fingerprint) const {
  return meets(kinds_, [&](const std::string& kind) { return kind == kindId(finding.raw.kind); }) &&
         meets(paths_, [&](const std::string& path) { return isAt(finding, path); }) &&
         meets(fingerprints_, [&](const std::string& prefix) { return fingerprint.starts_with(prefix); });
}

}  // namespace snag::model
