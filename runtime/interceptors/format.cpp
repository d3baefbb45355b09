#include "interceptors/format.h"

namespace snag {
namespace {

bool isOneOf(char c, const char* set) {
  for (; *set != 0; ++set)
    if (*set == c) return true;
  return false;
}

long number(const char*& at) {
  long value = -1;
  for (; *at >= '0' && *at <= '9'; ++at) value = (value < 0 ? 0 : value) * 10 + (*at - '0');
  return value;
}

char lengthModifier(const char*& at) {
  char length = 0;
  for (; isOneOf(*at, "hlqjztLm"); ++at) {
    if (*at == 'h') length = length == 'h' ? 'H' : 'h';
    if (*at == 'l') length = length == 'l' ? 'q' : 'l';
    if (isOneOf(*at, "qjzt")) length = 'q';
    if (*at == 'L') length = 'L';
    if (*at == 'm') length = 'm';
  }
  return length;
}

// [^abc] and []abc]: behind the closing bracket.
void skipSet(const char*& at) {
  if (*at == '^') ++at;
  if (*at == ']') ++at;
  while (*at != 0 && *at != ']') ++at;
  if (*at == ']') ++at;
}

}  // namespace

Conversion nextConversion(const char** format) {
  Conversion conversion;
  const char*& at = *format;
  for (;;) {
    while (*at != 0 && *at != '%') ++at;
    if (*at == 0) return conversion;
    ++at;
    if (*at != '%') break;
    ++at;
  }
  while (isOneOf(*at, "-+ #0'I")) ++at;
  if (*at == '*') {
    conversion.hasStarWidth = true;
    ++at;
  }
  conversion.width = number(at);
  if (*at == '$') return conversion;  // numbered arguments are not followed
  if (*at == '.') {
    ++at;
    if (*at == '*') {
      conversion.hasStarPrecision = true;
      ++at;
    }
    conversion.precision = number(at);
    if (conversion.precision < 0 && !conversion.hasStarPrecision) conversion.precision = 0;
  }
  // glibc prints errno's text for %m; scanf's m is a modifier.
  const char* before = at;
  conversion.length = lengthModifier(at);
  if (conversion.length == 'm' && !isOneOf(*at, "sc[SC")) {
    at = before + 1;
    conversion.type = 'm';
    return conversion;
  }
  conversion.type = *at;
  if (*at != 0) ++at;
  if (conversion.type == '[') skipSet(at);
  return conversion;
}

}  // namespace snag
