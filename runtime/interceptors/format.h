// The conversions of a printf or scanf format, one after another: what is needed to know which memory they touch.
#ifndef SNAG_INTERCEPTORS_FORMAT_H
#define SNAG_INTERCEPTORS_FORMAT_H

#include <stddef.h>

namespace snag {

struct Conversion {
  char type = 0;              // 'd', 's', '[' ...; 0: the end, or something that is not understood
  bool hasStarWidth = false;  // printf: an int argument; scanf: nothing is stored
  bool hasStarPrecision = false;
  long width = -1;  // -1: none
  long precision = -1;
  char length = 0;  // 'h', 'H' (hh), 'l', 'q' (ll, j, z, t), 'L', 'm' (scanf allocates)
};

// Reads the next conversion at *format, moves on behind it. %% and plain text are skipped.
Conversion nextConversion(const char** format);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_FORMAT_H
