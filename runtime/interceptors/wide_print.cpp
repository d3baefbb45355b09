// The wprintf family; see print.cpp.
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#include "interceptors/handler_frame.h"
#include "interceptors/print_arguments.h"

using namespace snag;

SNAG_LIBRARY_FUNCTION(int, vfwprintf, FILE*, const wchar_t*, va_list)
SNAG_LIBRARY_FUNCTION(int, vwprintf, const wchar_t*, va_list)
SNAG_LIBRARY_FUNCTION(int, vswprintf, wchar_t*, size_t, const wchar_t*, va_list)
SNAG_LIBRARY_FUNCTION(int, __vfwprintf_chk, FILE*, int, const wchar_t*, va_list)
SNAG_LIBRARY_FUNCTION(int, __vwprintf_chk, int, const wchar_t*, va_list)
SNAG_LIBRARY_FUNCTION(int, __vswprintf_chk, wchar_t*, size_t, int, size_t, const wchar_t*, va_list)

SNAG_VARIADIC(wprintf, const wchar_t*)
SNAG_VARIADIC(fwprintf, FILE*, const wchar_t*)
SNAG_VARIADIC(swprintf, wchar_t*, size_t, const wchar_t*)
SNAG_VARIADIC(__wprintf_chk, int, const wchar_t*)
SNAG_VARIADIC(__fwprintf_chk, FILE*, int, const wchar_t*)
SNAG_VARIADIC(__swprintf_chk, wchar_t*, size_t, int, size_t, const wchar_t*)

namespace {

template <typename Print>
int printTo(FILE* stream, const char* function, const wchar_t* format, va_list arguments, const LibraryCall& call,
            const Place& place, Print print) {
  noteUnsafeCall(function, place);
  readsArguments(call, format, arguments);
  beginPrinting(stream);
  return donePrinting(stream, print());
}

template <typename Print>
int printToText(wchar_t* buffer, size_t room, const wchar_t* format, va_list arguments, const LibraryCall& call,
                Print print) {
  readsArguments(call, format, arguments);
  return written(call, buffer, room, print());
}

}  // namespace

#define SNAG_PRINT_TO(stream, function, real) \
  printTo(stream, function, format, arguments, SNAG_LIBRARY_CALL, SNAG_CALLER, [&] { return real; })
#define SNAG_PRINT_TO_TEXT(real) printToText(buffer, room, format, arguments, SNAG_LIBRARY_CALL, [&] { return real; })
#define SNAG_WITH_ARGUMENTS(call) \
  va_list arguments;              \
  va_start(arguments, format);    \
  const int length = call;        \
  va_end(arguments);              \
  return length

int snag_libc_vfwprintf(FILE* stream, const wchar_t* format, va_list arguments) {
  return SNAG_PRINT_TO(stream, "vfwprintf", real_vfwprintf(stream, format, arguments));
}
int snag_libc_vwprintf(const wchar_t* format, va_list arguments) {
  return SNAG_PRINT_TO(stdout, "vwprintf", real_vfwprintf(stdout, format, arguments));
}
int snag_libc_vswprintf(wchar_t* buffer, size_t room, const wchar_t* format, va_list arguments) {
  return SNAG_PRINT_TO_TEXT(real_vswprintf(buffer, room, format, arguments));
}
int snag_libc___vfwprintf_chk(FILE* stream, int flag, const wchar_t* format, va_list arguments) {
  return SNAG_PRINT_TO(stream, "vfwprintf", real___vfwprintf_chk(stream, flag, format, arguments));
}
int snag_libc___vwprintf_chk(int flag, const wchar_t* format, va_list arguments) {
  return SNAG_PRINT_TO(stdout, "vwprintf", real___vfwprintf_chk(stdout, flag, format, arguments));
}
int snag_libc___vswprintf_chk(wchar_t* buffer, size_t room, int flag, size_t known, const wchar_t* format,
                              va_list arguments) {
  return SNAG_PRINT_TO_TEXT(real___vswprintf_chk(buffer, room, flag, known, format, arguments));
}

int snag_libc_wprintf(const wchar_t* format, ...) {
  SNAG_WITH_ARGUMENTS(SNAG_PRINT_TO(stdout, "wprintf", real_vfwprintf(stdout, format, arguments)));
}
int snag_libc_fwprintf(FILE* stream, const wchar_t* format, ...) {
  SNAG_WITH_ARGUMENTS(SNAG_PRINT_TO(stream, "fwprintf", real_vfwprintf(stream, format, arguments)));
}
int snag_libc_swprintf(wchar_t* buffer, size_t room, const wchar_t* format, ...) {
  SNAG_WITH_ARGUMENTS(SNAG_PRINT_TO_TEXT(real_vswprintf(buffer, room, format, arguments)));
}
int snag_libc___wprintf_chk(int flag, const wchar_t* format, ...) {
  SNAG_WITH_ARGUMENTS(SNAG_PRINT_TO(stdout, "wprintf", real___vfwprintf_chk(stdout, flag, format, arguments)));
}
int snag_libc___fwprintf_chk(FILE* stream, int flag, const wchar_t* format, ...) {
  SNAG_WITH_ARGUMENTS(SNAG_PRINT_TO(stream, "fwprintf", real___vfwprintf_chk(stream, flag, format, arguments)));
}
int snag_libc___swprintf_chk(wchar_t* buffer, size_t room, int flag, size_t known, const wchar_t* format, ...) {
  SNAG_WITH_ARGUMENTS(SNAG_PRINT_TO_TEXT(real___vswprintf_chk(buffer, room, flag, known, format, arguments)));
}
