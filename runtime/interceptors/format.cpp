#include "interceptors/format.h"

#include <limits.h>

namespace snag {
namespace {

template <typename Char>
bool isOneOf(Char c, const char* set) {
  for (; *set != 0; ++set)
    if (static_cast<Char>(*set) == c) return true;
  return false;
}

template <typename Char>
long number(const Char*& at) {
  long value = -1;
  for (; *at >= '0' && *at <= '9'; ++at)
    if (value < INT_MAX) value = (value < 0 ? 0 : value) * 10 + (*at - '0');
  return value;
}

// Reads 2$; reads nothing and is 0 if something else stands there.
template <typename Char>
int position(const Char*& at) {
  const Char* behind = at;
  const long value = number(behind);
  if (value <= 0 || value > INT_MAX || *behind != '$') return 0;
  at = behind + 1;
  return static_cast<int>(value);
}

template <typename Char>
char lengthModifier(const Char*& at) {
  char length = 0;
  for (; isOneOf(*at, "hlqjztL"); ++at) {
    if (*at == 'h') length = length == 'h' ? 'H' : 'h';
    if (*at == 'l') length = length == 'l' ? 'q' : 'l';
    if (isOneOf(*at, "qjzt")) length = 'q';
    if (*at == 'L') length = 'L';
  }
  return length;
}

// [^abc] and []abc]: behind the closing bracket.
template <typename Char>
void skipSet(const Char*& at) {
  if (*at == '^') ++at;
  if (*at == ']') ++at;
  while (*at != 0 && *at != ']') ++at;
  if (*at == ']') ++at;
}

}  // namespace

template <typename Char>
Conversion nextConversion(const Char** format, FormatFamily family) {
  Conversion conversion;
  const Char*& at = *format;
  for (;;) {
    while (*at != 0 && *at != '%') ++at;
    if (*at == 0) return conversion;
    ++at;
    if (*at != '%') break;
    ++at;
  }
  const bool isPrint = family == FormatFamily::Print;
  conversion.position = position(at);
  while (isOneOf(*at, "-+ #0'I")) ++at;
  if (*at == '*') {
    conversion.hasStarWidth = true;
    ++at;
    if (isPrint) conversion.widthPosition = position(at);
  }
  conversion.width = number(at);
  if (*at == '.') {
    ++at;
    if (*at == '*') {
      conversion.hasStarPrecision = true;
      ++at;
      conversion.precisionPosition = position(at);
    }
    conversion.precision = number(at);
    if (conversion.precision < 0 && !conversion.hasStarPrecision) conversion.precision = 0;
  }
  if (!isPrint && *at == 'm') {
    conversion.allocates = true;
    ++at;
  }
  conversion.length = lengthModifier(at);
  if (*at == 0 || *at > 127) return conversion;
  conversion.type = static_cast<char>(*at);
  ++at;
  if (conversion.type == '[' && !isPrint) skipSet(at);
  return conversion;
}

template Conversion nextConversion(const char** format, FormatFamily family);
template Conversion nextConversion(const wchar_t** format, FormatFamily family);

size_t integerBytes(const Conversion& conversion) {
  switch (conversion.length) {
    case 'H': return 1;
    case 'h': return 2;
    case 'l':
    case 'q':
    case 'L': return 8;
    default: return 4;
  }
}

}  // namespace snag
