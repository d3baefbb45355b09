#include "model/evidence.h"

#include "model/source_text.h"

#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <vector>

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

bool beginsWithAny(std::string_view text, std::initializer_list<std::string_view> beginnings) {
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
    return beginsWithAny(std::string_view(code).substr(at + 1), {"new ", "&", "malloc(", "calloc("});
  }
  return false;
}

namespace {

bool isPartOfPath(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("_.:[]->").find(c) != std::string_view::npos;
}

// "account->m" of "(&account->m, ...": empty if the argument is more than a path.
std::string firstArgument(std::string_view code, size_t open) {
  const size_t begin = open + (open + 1 < code.size() && code[open + 1] == '&' ? 2 : 1);
  size_t end = begin;
  while (end < code.size() && isPartOfPath(code[end])) ++end;
  const bool isWhole = end < code.size() && (code[end] == ')' || code[end] == ',');
  return isWhole ? std::string(code.substr(begin, end - begin)) : std::string();
}

// What stands before the method that is called at `dot`.
std::string pathBefore(std::string_view code, size_t dot) {
  size_t begin = dot;
  while (begin > 0 && isPartOfPath(code[begin - 1])) --begin;
  return std::string(code.substr(begin, dot - begin));
}

// Every lock that the line takes.
std::vector<std::string> locksTaken(std::string_view code) {
  std::vector<std::string> found;
  const auto each = [&](std::string_view what, auto name) {
    for (size_t at = code.find(what); at != std::string_view::npos; at = code.find(what, at + 1))
      found.push_back(name(at));
  };
  for (std::string_view call : {"pthread_mutex_lock(", "pthread_mutex_trylock(", "pthread_mutex_timedlock(",
                                "pthread_rwlock_rdlock(", "pthread_rwlock_wrlock(", "pthread_spin_lock(", "mtx_lock("})
    each(call, [&](size_t at) { return firstArgument(code, at + call.size() - 1); });
  for (std::string_view guard : {"lock_guard", "unique_lock", "shared_lock", "scoped_lock"})
    each(guard, [&](size_t at) {
      const size_t open = code.find('(', at);
      const std::string first = open == std::string_view::npos ? std::string() : firstArgument(code, open);
      // Of several locks it is not clear which one is meant.
      const bool takesMore = guard == "scoped_lock" && code.find(',', at) < code.find(')', at);
      return takesMore ? std::string() : first;
    });
  for (std::string_view method : {".lock()", "->lock()", ".lock_shared()", "->lock_shared()"})
    each(method, [&](size_t at) { return pathBefore(code, at); });
  return found;
}

}  // namespace

std::string lockExpression(std::string_view line) {
  const std::vector<std::string> locks = locksTaken(normaliseSource(line));
  return locks.size() == 1 ? locks.front() : std::string();
}

}  // namespace snag::model
