#include "model/fingerprint.h"

#include "model/finding_kind.h"
#include "model/function_name.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace snag::model {

namespace {

// FNV-1a, 64 bits. The parts are separated by a byte that no text contains.
class Hash {
 public:
  void add(std::string_view text) {
    for (char c : text) mix(static_cast<uint8_t>(c));
    mix(0);
  }
  uint64_t value() const { return value_; }

 private:
  void mix(uint8_t byte) { value_ = (value_ ^ byte) * 0x100000001b3ull; }
  uint64_t value_ = 0xcbf29ce484222325ull;
};

std::string siteKey(const ResolvedFrame* frame, SourceText& source) {
  if (frame == nullptr) return "?";
  const auto line = source.line(frame->place.file, frame->place.line);
  return plainFunction(frame->place.function) + "|" + (line ? normaliseSource(*line) : std::string());
}

// Field and variable names of the two sides may differ; the smaller one does not depend on the order. The standard
// library's own names are left out: which of its fields was met first is chance.
std::string smallerName(const ResolvedFinding& finding, std::string Site::* member) {
  std::string name;
  for (int side : {0, 1}) {
    const auto& site = finding.access(side).site;
    if (!site || !finding.accesses[side].through.empty() || ((*site).*member).empty()) continue;
    if (name.empty() || (*site).*member < name) name = (*site).*member;
  }
  return name;
}

std::string objectKey(const ResolvedFinding& finding) {
  if (finding.raw.isMisuse()) return finding.subject;
  if (std::string field = smallerName(finding, &Site::field); !field.empty()) return field;
  if (!finding.symbol.name.empty()) return finding.symbol.name;
  if (std::string variable = smallerName(finding, &Site::variable); !variable.empty()) return variable;
  return finding.subject;
}

// The places that make the bug: both sides of a race, every step of a cycle, else the step that was caught.
std::vector<const ResolvedFrame*> sitesOf(const ResolvedFinding& finding) {
  if (!finding.raw.isMisuse()) return {finding.place(0), finding.place(1)};
  if (!isSymmetric(finding.raw.kind)) return {finding.place(0)};
  std::vector<const ResolvedFrame*> sites;
  for (const ResolvedStep& step : finding.steps) sites.push_back(step.stack.userFrame());
  return sites;
}

}  // namespace

std::string fingerprint(const ResolvedFinding& finding, SourceText& source) {
  std::vector<std::string> sites;
  for (const ResolvedFrame* frame : sitesOf(finding)) sites.push_back(siteKey(frame, source));
  std::ranges::sort(sites);
  Hash hash;
  hash.add(std::to_string(static_cast<uint32_t>(finding.raw.kind)));
  hash.add(objectKey(finding));
  for (const std::string& site : sites) hash.add(site);
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash.value()));
  return digits;
}

}  // namespace snag::model
