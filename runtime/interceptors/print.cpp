// The printf family: texts behind %s are read, the buffers of sprintf are written.
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

[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<size_t(const char*, size_t)> real_strnlen{
    {"strnlen", nullptr, nullptr}};

void readsText(const LibraryCall& call, const char* text, long precision) {
  if (text == nullptr) return;
  const size_t most = precision >= 0 ? static_cast<size_t>(precision) : SIZE_MAX;
  const size_t length = real_strnlen(text, most);
  call.reads(text, length < most ? length + 1 : length);
}

// Takes one argument off the list, as its conversion has it.
void readsArgument(const LibraryCall& call, const Conversion& conversion, long precision, va_list arguments) {
  switch (conversion.type) {
    case 's': {
      const char* text = va_arg(arguments, const char*);
      if (conversion.length != 'l') readsText(call, text, precision);
      return;
    }
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
      if (conversion.length == 'L')
        static_cast<void>(va_arg(arguments, long double));
      else
        static_cast<void>(va_arg(arguments, double));
      return;
    case 'm': return;
    default: static_cast<void>(va_arg(arguments, long));  // integers and pointers take one place of the same size
  }
}

bool isUnderstood(char type) {
  for (const char* known = "sdiouxXcCSpneEfFgGaAm"; *known != 0; ++known)
    if (*known == type) return true;
  return false;
}

void readsArguments(const LibraryCall& call, const char* format, va_list list) {
  if (!call.isChecked()) return;
  va_list arguments;
  va_copy(arguments, list);
  for (;;) {
    const Conversion conversion = nextConversion(&format);
    if (!isUnderstood(conversion.type)) break;
    if (conversion.hasStarWidth) static_cast<void>(va_arg(arguments, int));
    const long precision = conversion.hasStarPrecision ? va_arg(arguments, int) : conversion.precision;
    readsArgument(call, conversion, precision, arguments);
  }
  va_end(arguments);
}

// Before and after one call on a stream; see stdio.cpp.
void beginPrinting(FILE* stream) {
  noteRelease(stream);
  noteSending(stream->_fileno);
}
int donePrinting(FILE* stream, int length) {
  noteAcquire(stream);
  return length;
}

int written(const LibraryCall& call, const char* buffer, size_t room, int length) {
  if (length >= 0 && room > 0)
    call.writes(buffer, static_cast<size_t>(length) < room ? static_cast<size_t>(length) + 1 : room);
  return length;
}

}  // namespace

SNAG_LIBRARY_FUNCTION(int, vfprintf, FILE*, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, vprintf, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, vsprintf, char*, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, vsnprintf, char*, size_t, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, vasprintf, char**, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, vdprintf, int, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, __vfprintf_chk, FILE*, int, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, __vsprintf_chk, char*, int, size_t, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, __vsnprintf_chk, char*, size_t, int, size_t, const char*, va_list)

#define SNAG_VARIADIC(name, ...) \
  extern "C" __attribute__((weak, visibility("default"))) int snag_libc_##name(__VA_ARGS__, ...) __asm__(#name);
SNAG_VARIADIC(printf, const char*)
SNAG_VARIADIC(fprintf, FILE*, const char*)
SNAG_VARIADIC(sprintf, char*, const char*)
SNAG_VARIADIC(snprintf, char*, size_t, const char*)
SNAG_VARIADIC(asprintf, char**, const char*)
SNAG_VARIADIC(dprintf, int, const char*)
SNAG_VARIADIC(__printf_chk, int, const char*)
SNAG_VARIADIC(__fprintf_chk, FILE*, int, const char*)
SNAG_VARIADIC(__sprintf_chk, char*, int, size_t, const char*)
SNAG_VARIADIC(__snprintf_chk, char*, size_t, int, size_t, const char*)

namespace {

int printTo(FILE* stream, const char* function, const char* format, va_list arguments, const LibraryCall& call,
            const Place& place) {
  noteUnsafeCall(function, place);
  readsArguments(call, format, arguments);
  beginPrinting(stream);
  return donePrinting(stream, real_vfprintf(stream, format, arguments));
}

int printToChecked(FILE* stream, int flag, const char* function, const char* format, va_list arguments,
                   const LibraryCall& call, const Place& place) {
  noteUnsafeCall(function, place);
  readsArguments(call, format, arguments);
  beginPrinting(stream);
  return donePrinting(stream, real___vfprintf_chk(stream, flag, format, arguments));
}

int printToText(char* buffer, size_t room, const char* format, va_list arguments, const LibraryCall& call) {
  readsArguments(call, format, arguments);
  return written(call, buffer, room, real_vsnprintf(buffer, room, format, arguments));
}

int printToNewText(char** buffer, const char* format, va_list arguments, const LibraryCall& call) {
  readsArguments(call, format, arguments);
  const int length = real_vasprintf(buffer, format, arguments);
  call.writes(buffer, sizeof *buffer);
  return length >= 0 ? written(call, *buffer, SIZE_MAX, length) : length;
}

int printToDescriptor(int descriptor, const char* format, va_list arguments, const LibraryCall& call) {
  readsArguments(call, format, arguments);
  noteSending(descriptor);
  return real_vdprintf(descriptor, format, arguments);
}

}  // namespace

#define SNAG_WITH_ARGUMENTS(last, call) \
  va_list arguments;                    \
  va_start(arguments, last);            \
  const int length = call;              \
  va_end(arguments);                    \
  return length

int snag_libc_vfprintf(FILE* stream, const char* format, va_list arguments) {
  return printTo(stream, "vfprintf", format, arguments, SNAG_LIBRARY_CALL, SNAG_CALLER);
}
int snag_libc_vprintf(const char* format, va_list arguments) {
  return printTo(stdout, "vprintf", format, arguments, SNAG_LIBRARY_CALL, SNAG_CALLER);
}
int snag_libc_vsprintf(char* buffer, const char* format, va_list arguments) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  readsArguments(call, format, arguments);
  return written(call, buffer, SIZE_MAX, real_vsprintf(buffer, format, arguments));
}
int snag_libc_vsnprintf(char* buffer, size_t room, const char* format, va_list arguments) {
  return printToText(buffer, room, format, arguments, SNAG_LIBRARY_CALL);
}
int snag_libc_vasprintf(char** buffer, const char* format, va_list arguments) {
  return printToNewText(buffer, format, arguments, SNAG_LIBRARY_CALL);
}
int snag_libc_vdprintf(int descriptor, const char* format, va_list arguments) {
  return printToDescriptor(descriptor, format, arguments, SNAG_LIBRARY_CALL);
}
int snag_libc___vfprintf_chk(FILE* stream, int flag, const char* format, va_list arguments) {
  return printToChecked(stream, flag, "vfprintf", format, arguments, SNAG_LIBRARY_CALL, SNAG_CALLER);
}
int snag_libc___vsprintf_chk(char* buffer, int flag, size_t room, const char* format, va_list arguments) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  readsArguments(call, format, arguments);
  return written(call, buffer, room, real___vsprintf_chk(buffer, flag, room, format, arguments));
}
int snag_libc___vsnprintf_chk(char* buffer, size_t room, int flag, size_t known, const char* format,
                              va_list arguments) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  readsArguments(call, format, arguments);
  return written(call, buffer, room, real___vsnprintf_chk(buffer, room, flag, known, format, arguments));
}

int snag_libc_printf(const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format, printTo(stdout, "printf", format, arguments, SNAG_LIBRARY_CALL, SNAG_CALLER));
}
int snag_libc_fprintf(FILE* stream, const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format, printTo(stream, "fprintf", format, arguments, SNAG_LIBRARY_CALL, SNAG_CALLER));
}
int snag_libc_sprintf(char* buffer, const char* format, ...) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  va_list arguments;
  va_start(arguments, format);
  readsArguments(call, format, arguments);
  const int length = real_vsprintf(buffer, format, arguments);
  va_end(arguments);
  return written(call, buffer, SIZE_MAX, length);
}
int snag_libc_snprintf(char* buffer, size_t room, const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format, printToText(buffer, room, format, arguments, SNAG_LIBRARY_CALL));
}
int snag_libc_asprintf(char** buffer, const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format, printToNewText(buffer, format, arguments, SNAG_LIBRARY_CALL));
}
int snag_libc_dprintf(int descriptor, const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format, printToDescriptor(descriptor, format, arguments, SNAG_LIBRARY_CALL));
}
int snag_libc___printf_chk(int flag, const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format,
                      printToChecked(stdout, flag, "printf", format, arguments, SNAG_LIBRARY_CALL, SNAG_CALLER));
}
int snag_libc___fprintf_chk(FILE* stream, int flag, const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format,
                      printToChecked(stream, flag, "fprintf", format, arguments, SNAG_LIBRARY_CALL, SNAG_CALLER));
}
int snag_libc___sprintf_chk(char* buffer, int flag, size_t room, const char* format, ...) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  va_list arguments;
  va_start(arguments, format);
  readsArguments(call, format, arguments);
  const int length = real___vsprintf_chk(buffer, flag, room, format, arguments);
  va_end(arguments);
  return written(call, buffer, room, length);
}
int snag_libc___snprintf_chk(char* buffer, size_t room, int flag, size_t known, const char* format, ...) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  va_list arguments;
  va_start(arguments, format);
  readsArguments(call, format, arguments);
  const int length = real___vsnprintf_chk(buffer, room, flag, known, format, arguments);
  va_end(arguments);
  return written(call, buffer, room, length);
}
