#include "model/evidence.h"

#include "model/source_text.h"

#include <array>
#include <optional>
#include <string>

namespace snag::model {

namespace {

struct Operator {
  std::string_view text;
  Change change;
};

constexpr std::array kOperators = {Operator{"+=", Change::Adds},      Operator{"++", Change::Adds},
                                   Operator{"-=", Change::Subtracts}, Operator{"--", Change::Subtracts},
                                   Operator{"|=", Change::SetsBits},  Operator{"&=", Change::ClearsBits},
                                   Operator{"^=", Change::FlipsBits}};

std::optional<Change> operatorAt(std::string_view line, size_t at) {
  for (const Operator& known : kOperators)
    if (at < line.size() && line.substr(at).starts_with(known.text)) return known.change;
  return std::nullopt;
}

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> beginnings) {
  for (std::string_view beginning : beginnings)
    if (text.starts_with(beginning)) return true;
  return false;
}

}  // namespace

Change changeOf(std::string_view line, uint32_t column) {
  if (column != 0)
    if (const auto change = operatorAt(line, column - 1)) return *change;
  const std::string code = normaliseSource(line);
  std::optional<Change> only;
  for (size_t at = 0; at < code.size(); ++at) {
    const auto change = operatorAt(code, at);
    if (!change) continue;
    if (only && *only != *change) return Change::Unknown;
    only = change;
    ++at;
  }
  return only.value_or(Change::Unknown);
}

bool assignsPointer(std::string_view line) {
  const std::string code = normaliseSource(line);
  for (size_t at = code.find('='); at != std::string::npos; at = code.find('=', at + 1)) {
    if (at == 0 || at + 1 == code.size()) return false;
    const bool isPartOfOther = std::string_view("=!<>+-*/%&|^").find(code[at - 1]) != std::string_view::npos;
    if (isPartOfOther || code[at + 1] == '=') continue;
    return startsWithAny(std::string_view(code).substr(at + 1), {"new ", "&", "malloc(", "calloc("});
  }
  return false;
}

}  // namespace snag::model
