#include "model/function_name.h"

#include <algorithm>

namespace snag::model {

namespace {

constexpr size_t kNone = std::string_view::npos;

bool dropSuffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// " const", " &", " [clone .cold]", " (.llvm.123)" and the like, in any number.
void dropQualifiers(std::string_view& text) {
  for (bool again = true; again;) {
    again = false;
    for (std::string_view suffix : {" const", " volatile", " noexcept", " &&", " &"}) again |= dropSuffix(text, suffix);
    for (std::string_view opening : {" [clone ", " (."}) {
      const size_t at = text.rfind(opening);
      if (at == kNone || !(text.ends_with(']') || text.ends_with(')'))) continue;
      text = text.substr(0, at);
      again = true;
    }
  }
}

// The position of the bracket that the last character closes, or npos.
size_t matchingOpen(std::string_view text, char open, char close) {
  int depth = 0;
  for (size_t i = text.size(); i-- > 0;) {
    if (text[i] == close) ++depth;
    if (text[i] == open && --depth == 0) return i;
  }
  return kNone;
}

void dropParameters(std::string_view& text) {
  if (!text.ends_with(')') || text.ends_with("operator()")) return;
  const size_t open = matchingOpen(text, '(', ')');
  // "(anonymous namespace)" at the very start is a name, not a parameter list.
  if (open != kNone && open > 0 && text.substr(open) != "(anonymous namespace)") text = text.substr(0, open);
}

bool insideOperator(std::string_view text, size_t blank) { return text.substr(0, blank).ends_with("operator"); }

// Template functions are demangled with their result type in front, separated by a blank at depth 0.
void dropResult(std::string_view& text) {
  int depth = 0;
  size_t begin = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("operator")) break;
    if (text[i] == '<' || text[i] == '(' || text[i] == '{' || text[i] == '[') ++depth;
    if (text[i] == '>' || text[i] == ')' || text[i] == '}' || text[i] == ']') --depth;
    if (text[i] == ' ' && depth == 0 && !insideOperator(text, i)) begin = i + 1;
  }
  text.remove_prefix(begin);
}

std::string withoutTemplates(std::string_view text) {
  std::string plain;
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool op = std::string_view(plain).ends_with("operator") || std::string_view(plain).ends_with("operator<") ||
                    std::string_view(plain).ends_with("operator>") || std::string_view(plain).ends_with("operator-");
    if (text[i] == '<' && !op) ++depth;
    if (depth == 0) plain += text[i];
    if (text[i] == '>' && !op && depth > 0) --depth;
  }
  return plain;
}

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != kNone; at += to.size()) text.replace(at, from.size(), to);
}

// Removes every ", std::allocator<...>" (and similar defaulted arguments) with balanced brackets.
void dropDefaulted(std::string& text, std::string_view opening) {
  for (size_t at; (at = text.find(opening)) != kNone;) {
    size_t end = at + opening.size();
    for (int depth = 1; end < text.size() && depth > 0; ++end)
      depth += text[end] == '<' ? 1 : text[end] == '>' ? -1 : 0;
    while (end < text.size() && text[end] == ' ') ++end;
    text.erase(at, end - at);
  }
}

}  // namespace

std::string bareFunction(std::string_view demangled) {
  dropQualifiers(demangled);
  dropParameters(demangled);
  dropResult(demangled);
  return std::string(demangled);
}

std::string plainFunction(std::string_view demangled) { return withoutTemplates(bareFunction(demangled)); }

std::string prettyFunction(std::string text) {
  replaceAll(text, "std::__cxx11::", "std::");
  replaceAll(text, "std::__1::", "std::");
  replaceAll(text, "[abi:cxx11]", "");
  replaceAll(text, "std::basic_string<char, std::char_traits<char>, std::allocator<char>>", "std::string");
  replaceAll(text, "std::basic_string<char, std::char_traits<char>, std::allocator<char> >", "std::string");
  dropDefaulted(text, ", std::allocator<");
  for (std::string_view part : {", std::hash<", ", std::equal_to<", ", std::less<", ", std::default_delete<"})
    dropDefaulted(text, part);
  replaceAll(text, " >", ">");
  return text;
}

std::string enclosingClass(std::string_view bareFunction) {
  int depth = 0;
  for (size_t i = bareFunction.size(); i-- > 2;) {
    if (bareFunction[i] == '>') ++depth;
    if (bareFunction[i] == '<') --depth;
    if (depth == 0 && bareFunction.substr(i - 1, 2) == "::") {
      const std::string_view scope = bareFunction.substr(0, i - 1);
      return scope == "std" ? std::string() : std::string(scope);
    }
  }
  return {};
}

bool sameFunction(std::string_view a, std::string_view b) {
  const std::string left = plainFunction(a), right = plainFunction(b);
  if (left.empty() || right.empty()) return false;
  const std::string_view longer = left.size() >= right.size() ? left : right;
  const std::string_view shorter = left.size() >= right.size() ? right : left;
  if (!longer.ends_with(shorter)) return false;
  const size_t rest = longer.size() - shorter.size();
  return rest == 0 || longer.substr(0, rest).ends_with("::");
}

}  // namespace snag::model
