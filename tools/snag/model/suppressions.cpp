#include "model/suppressions.h"

#include "model/finding_kind.h"
#include "model/function_name.h"
#include "model/name_pattern.h"
#include "model/text_format.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace snag::model {

namespace {

using Kind = SuppressionRule::Kind;

struct KnownType {
  std::string_view name;
  Kind kind;
};

constexpr std::array kTypes = {KnownType{"race", Kind::Any},
                               KnownType{"race_top", Kind::RaceTop},
                               KnownType{"mutex", Kind::Any},
                               KnownType{"thread", Kind::Any},
                               KnownType{"signal", Kind::Any},
                               KnownType{"deadlock", Kind::Any},
                               KnownType{"called_from_lib", Kind::Ignored}};

const KnownType* typeOf(std::string_view name) {
  const auto known = std::ranges::find(kTypes, name, &KnownType::name);
  return known == kTypes.end() ? nullptr : &*known;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\f\v";
  const size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool matchesText(std::string_view pattern, std::string_view text) {
  return !text.empty() && matchesPattern(pattern, text);
}

// A function may be written with or without parameters, and as reports print it.
bool matchesFrame(std::string_view pattern, const ResolvedFrame& frame) {
  const std::string& function = frame.place.function;
  return matchesText(pattern, function) || matchesText(pattern, bareFunction(function)) ||
         matchesText(pattern, bareFunction(prettyFunction(function))) || matchesText(pattern, frame.place.file) ||
         matchesText(pattern, frame.module);
}

bool matchesAnyFrame(std::string_view pattern, const ResolvedStack& stack) {
  return std::ranges::any_of(stack.frames, [&](const ResolvedFrame& frame) { return matchesFrame(pattern, frame); });
}

bool matchesAnywhere(std::string_view pattern, const ResolvedFinding& finding) {
  for (const ResolvedAccess& access : finding.accesses)
    if (matchesAnyFrame(pattern, access.stack)) return true;
  for (const ResolvedStep& step : finding.steps)
    if (matchesAnyFrame(pattern, step.stack)) return true;
  return matchesText(pattern, finding.symbol.name);
}

bool matchesTop(std::string_view pattern, const ResolvedFinding& finding) {
  for (int side : {0, 1})
    if (const ResolvedFrame* frame = finding.place(side); frame != nullptr && matchesFrame(pattern, *frame))
      return true;
  return false;
}

// A pattern of wildcards alone would silence everything.
bool saysNothing(std::string_view pattern) { return pattern.find_first_not_of("*^$") == std::string_view::npos; }

std::string inLine(const std::string& name, uint32_t line) {
  return "Line " + std::to_string(line) + " of the suppression file '" + name + "' is left out: ";
}

}  // namespace

bool SuppressionRule::matches(const ResolvedFinding& finding) const {
  switch (kind) {
    case Kind::Any: return type == ruleType(finding.raw.kind) && matchesAnywhere(pattern, finding);
    case Kind::RaceTop: return ruleType(finding.raw.kind) == "race" && matchesTop(pattern, finding);
    case Kind::Ignored: break;
  }
  return false;
}

void Suppressions::readFile(const std::string& path, const Complain& complain) {
  if (!files_.insert(path).second) return;
  std::ifstream in(path, std::ios::binary);
  std::error_code ignored;
  if (!in || std::filesystem::is_directory(path, ignored)) {
    const char* reason = in ? "it is a directory" : std::strerror(errno);
    complain("Cannot read the suppression file '" + path + "' (" + reason +
             "), so nothing is suppressed by it. Correct the path in SNAG_OPTIONS=suppressions=FILE or "
             "--suppressions=FILE.");
    return;
  }
  std::ostringstream text;
  text << in.rdbuf();
  addText(text.str(), path, complain);
}

void Suppressions::addText(std::string_view text, const std::string& name, const Complain& complain) {
  for (uint32_t number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    addLine(trimmed(text.substr(0, end)), number, name, complain);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

void Suppressions::addLine(std::string_view line, uint32_t number, const std::string& name, const Complain& complain) {
  if (line.empty() || line.starts_with('#')) return;
  const size_t colon = line.find(':');
  const std::string text(line);
  if (colon == std::string_view::npos)
    return complain(inLine(name, number) + model::inQuotes(text) + " has no type. Write race:" + text +
                    " if a race is meant.");
  const std::string type(trimmed(line.substr(0, colon)));
  const std::string_view pattern = trimmed(line.substr(colon + 1));
  const KnownType* known = typeOf(type);
  if (known == nullptr)
    return complain(
        inLine(name, number) + "there is no type " + model::inQuotes(type) +
        ". Write race:, race_top:, mutex:, thread:, signal: or deadlock: (called_from_lib is read and has no "
        "effect).");
  if (saysNothing(pattern))
    return complain(inLine(name, number) + model::inQuotes(text) +
                    " would match everything. Name a function, a file or a global.");
  rules_.push_back({known->kind, type, std::string(pattern), text, number, 0, {}});
}

SuppressionRule* Suppressions::find(const ResolvedFinding& finding) {
  const auto rule = std::ranges::find_if(rules_, [&](const SuppressionRule& rule) { return rule.matches(finding); });
  return rule == rules_.end() ? nullptr : &*rule;
}

}  // namespace snag::model
