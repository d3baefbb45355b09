// The conversions of a printf or scanf format, one after another: what is needed to know which memory they touch.
#ifndef SNAG_INTERCEPTORS_FORMAT_H
#define SNAG_INTERCEPTORS_FORMAT_H

#include <stddef.h>

namespace snag {

struct Conversion {
  char type = 0;              // 'd', 's', '[' ...; 0: the end, or something that is not understood
  bool hasStarWidth = false;  // printf: an int argument; scanf: nothing is stored
  bool hasStarPrecision = false;
  bool allocates = false;  // scanf's m: a pointer is stored
  long width = -1;         // -1: none
  long precision = -1;
  char length = 0;  // 'h', 'H' (hh), 'l', 'q' (ll, j, z, t), 'L'
  // Which argument it takes, and which its stars take, from 1, as in %3$*1$.*2$f. 0: the next one.
  int position = 0;
  int widthPosition = 0;
  int precisionPosition = 0;

  bool isNumbered() const { return position != 0 || widthPosition != 0 || precisionPosition != 0; }

  // %ls and %lc, whatever the characters of the format are.
  bool isWide() const { return length == 'l' || type == 'S' || type == 'C'; }
};

// An m is errno's text for the one, a modifier for the other.
enum class FormatFamily { Print, Scan };

// Reads the next conversion at *format, moves on behind it. %% and plain text are skipped. For char and wchar_t.
template <typename Char>
Conversion nextConversion(const Char** format, FormatFamily family);

// The size of the integer that %d or %n of this length stores.
size_t integerBytes(const Conversion& conversion);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_FORMAT_H
