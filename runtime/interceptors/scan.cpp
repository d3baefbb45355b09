// The scanf and wscanf families: what the conversions store is written. Each name goes on to its own v-form: what %a
// means differs.
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#include "interceptors/format.h"
#include "interceptors/handler_frame.h"
#include "interceptors/io_channel.h"
#include "interceptors/library_call.h"
#include "interceptors/sync_events.h"

using namespace snag;

namespace {

[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<size_t(const char*)> real_strlen{
    {"strlen", nullptr, nullptr}};
[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<size_t(const wchar_t*)> real_wcslen{
    {"wcslen", nullptr, nullptr}};

size_t textLength(const char* text) { return real_strlen(text); }
size_t textLength(const wchar_t* text) { return real_wcslen(text); }

size_t realBytes(char length) { return length == 'L' ? sizeof(long double) : length == 'l' ? 8 : 4; }

size_t textBytes(const Conversion& conversion, const void* stored) {
  return conversion.isWide() ? (real_wcslen(static_cast<const wchar_t*>(stored)) + 1) * sizeof(wchar_t)
                             : real_strlen(static_cast<const char*>(stored)) + 1;
}

// 0: not understood.
size_t storedBytes(const Conversion& conversion, const void* stored) {
  switch (conversion.type) {
    case 'd':
    case 'i':
    case 'o':
    case 'u':
    case 'x':
    case 'X':
    case 'n': return integerBytes(conversion);
    case 'p': return sizeof(void*);
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': return realBytes(conversion.length);
    case 's':
    case 'S':
    case '[': return conversion.allocates ? sizeof(void*) : textBytes(conversion, stored);
    case 'c':
    case 'C': {
      if (conversion.allocates) return sizeof(void*);
      const size_t count = conversion.width > 0 ? static_cast<size_t>(conversion.width) : 1;
      return conversion.isWide() ? count * sizeof(wchar_t) : count;
    }
    default: return 0;
  }
}

// All arguments are pointers: a number counts them from the first.
const void* resultAt(int position, va_list results) {
  va_list from;
  va_copy(from, results);
  while (--position > 0) static_cast<void>(va_arg(from, void*));
  const void* place = va_arg(from, const void*);
  va_end(from);
  return place;
}

// `stored` of the conversions have succeeded; %n does not count, but is stored when it is reached.
template <typename Char>
int writesResults(const LibraryCall& call, const Char* format, va_list results, int stored) {
  int left = stored;
  va_list next;
  va_copy(next, results);
  while (call.isChecked() && stored >= 0) {
    const Conversion conversion = nextConversion(&format, FormatFamily::Scan);
    if (conversion.type == 0 || (left == 0 && conversion.type != 'n')) break;
    if (conversion.hasStarWidth) continue;
    const void* place = conversion.position != 0 ? resultAt(conversion.position, results) : va_arg(next, const void*);
    const size_t bytes = storedBytes(conversion, place);
    if (bytes == 0) break;
    call.writes(place, bytes);
    if (conversion.type != 'n') --left;
  }
  va_end(next);
  return stored;
}

template <typename Char, typename Scan>
int scanText(const LibraryCall& call, const Char* text, const Char* format, va_list results, Scan&& scan) {
  if (call.isChecked()) call.reads(text, (textLength(text) + 1) * sizeof *text);
  va_list again;
  va_copy(again, results);
  const int stored = writesResults(call, format, again, scan());
  va_end(again);
  return stored;
}

// See stdio.cpp for what a call on a stream orders.
template <typename Char, typename Scan>
int scanStream(const LibraryCall& call, FILE* stream, const Place& place, const Char* format, va_list results,
               Scan&& scan) {
  noteUnsafeCall("scanf", place);
  va_list again;
  va_copy(again, results);
  noteRelease(stream);
  const int stored = scan();
  noteAcquire(stream);
  noteReceived(stream->_fileno);
  writesResults(call, format, again, stored);
  va_end(again);
  return stored;
}

}  // namespace

#define SNAG_SCAN_FAMILY(prefix, w, Char)                                                                \
  SNAG_LIBRARY_FUNCTION(int, prefix##vs##w##scanf, const Char*, const Char*, va_list)                    \
  SNAG_LIBRARY_FUNCTION(int, prefix##vf##w##scanf, FILE*, const Char*, va_list)                          \
  SNAG_LIBRARY_FUNCTION(int, prefix##v##w##scanf, const Char*, va_list)                                  \
  SNAG_VARIADIC(prefix##s##w##scanf, const Char*, const Char*)                                           \
  SNAG_VARIADIC(prefix##f##w##scanf, FILE*, const Char*)                                                 \
  SNAG_VARIADIC(prefix##w##scanf, const Char*)                                                           \
  int snag_libc_##prefix##vs##w##scanf(const Char* text, const Char* format, va_list results) {          \
    return scanText(SNAG_LIBRARY_CALL, text, format, results,                                            \
                    [&] { return real_##prefix##vs##w##scanf(text, format, results); });                 \
  }                                                                                                      \
  int snag_libc_##prefix##vf##w##scanf(FILE* stream, const Char* format, va_list results) {              \
    return scanStream(SNAG_LIBRARY_CALL, stream, SNAG_CALLER, format, results,                           \
                      [&] { return real_##prefix##vf##w##scanf(stream, format, results); });             \
  }                                                                                                      \
  int snag_libc_##prefix##v##w##scanf(const Char* format, va_list results) {                             \
    return scanStream(SNAG_LIBRARY_CALL, stdin, SNAG_CALLER, format, results,                            \
                      [&] { return real_##prefix##vf##w##scanf(stdin, format, results); });              \
  }                                                                                                      \
  int snag_libc_##prefix##s##w##scanf(const Char* text, const Char* format, ...) {                       \
    va_list results;                                                                                     \
    va_start(results, format);                                                                           \
    const int stored = scanText(SNAG_LIBRARY_CALL, text, format, results,                                \
                                [&] { return real_##prefix##vs##w##scanf(text, format, results); });     \
    va_end(results);                                                                                     \
    return stored;                                                                                       \
  }                                                                                                      \
  int snag_libc_##prefix##f##w##scanf(FILE* stream, const Char* format, ...) {                           \
    va_list results;                                                                                     \
    va_start(results, format);                                                                           \
    const int stored = scanStream(SNAG_LIBRARY_CALL, stream, SNAG_CALLER, format, results,               \
                                  [&] { return real_##prefix##vf##w##scanf(stream, format, results); }); \
    va_end(results);                                                                                     \
    return stored;                                                                                       \
  }                                                                                                      \
  int snag_libc_##prefix##w##scanf(const Char* format, ...) {                                            \
    va_list results;                                                                                     \
    va_start(results, format);                                                                           \
    const int stored = scanStream(SNAG_LIBRARY_CALL, stdin, SNAG_CALLER, format, results,                \
                                  [&] { return real_##prefix##vf##w##scanf(stdin, format, results); });  \
    va_end(results);                                                                                     \
    return stored;                                                                                       \
  }

// Programs call one of these three, as the standard has it that they ask for.
SNAG_SCAN_FAMILY(, , char)
SNAG_SCAN_FAMILY(__isoc99_, , char)
SNAG_SCAN_FAMILY(__isoc23_, , char)
SNAG_SCAN_FAMILY(, w, wchar_t)
SNAG_SCAN_FAMILY(__isoc99_, w, wchar_t)
SNAG_SCAN_FAMILY(__isoc23_, w, wchar_t)
