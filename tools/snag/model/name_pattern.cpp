#include "model/name_pattern.h"

#include <string>

namespace snag::model {

namespace {

// Both ends are fixed. Only the last '*' ever needs another try: what stood before it has matched as early as it can.
bool matchesWhole(std::string_view pattern, std::string_view text) {
  constexpr size_t kNone = std::string_view::npos;
  size_t p = 0, t = 0, star = kNone, retry = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p, ++t;
    } else if (star != kNone) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == kNone;
}

}  // namespace

bool matchesPattern(std::string_view pattern, std::string_view text) {
  const bool fromStart = pattern.starts_with('^');
  if (fromStart) pattern.remove_prefix(1);
  const bool toEnd = pattern.ends_with('$');
  if (toEnd) pattern.remove_suffix(1);
  return matchesWhole((fromStart ? "" : "*") + std::string(pattern) + (toEnd ? "" : "*"), text);
}

}  // namespace snag::model
