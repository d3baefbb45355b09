// The printf family: texts behind %s are read, the buffers of sprintf are written.
#include <stdarg.h>
#include <stdio.h>

#include "interceptors/handler_frame.h"
#include "interceptors/io_channel.h"
#include "interceptors/print_arguments.h"

using namespace snag;

SNAG_LIBRARY_FUNCTION(int, vfprintf, FILE*, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, vprintf, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, vsprintf, char*, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, vsnprintf, char*, size_t, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, vasprintf, char**, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, vdprintf, int, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, __vfprintf_chk, FILE*, int, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, __vasprintf_chk, char**, int, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, __vdprintf_chk, int, int, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, __vsprintf_chk, char*, int, size_t, const char*, va_list)
SNAG_LIBRARY_FUNCTION(int, __vsnprintf_chk, char*, size_t, int, size_t, const char*, va_list)

SNAG_VARIADIC(printf, const char*)
SNAG_VARIADIC(fprintf, FILE*, const char*)
SNAG_VARIADIC(sprintf, char*, const char*)
SNAG_VARIADIC(snprintf, char*, size_t, const char*)
SNAG_VARIADIC(asprintf, char**, const char*)
SNAG_VARIADIC(dprintf, int, const char*)
SNAG_VARIADIC(__printf_chk, int, const char*)
SNAG_VARIADIC(__fprintf_chk, FILE*, int, const char*)
SNAG_VARIADIC(__asprintf_chk, char**, int, const char*)
SNAG_VARIADIC(__dprintf_chk, int, int, const char*)
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

template <typename Print>
int printToNewText(char** buffer, const char* format, va_list arguments, const LibraryCall& call, Print print) {
  readsArguments(call, format, arguments);
  const int length = print();
  call.writes(buffer, sizeof *buffer);
  return length >= 0 ? written(call, *buffer, SIZE_MAX, length) : length;
}

template <typename Print>
int printToDescriptor(int descriptor, const char* format, va_list arguments, const LibraryCall& call, Print print) {
  readsArguments(call, format, arguments);
  noteSending(descriptor);
  return print();
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
  return printToNewText(buffer, format, arguments, SNAG_LIBRARY_CALL,
                        [&] { return real_vasprintf(buffer, format, arguments); });
}
int snag_libc_vdprintf(int descriptor, const char* format, va_list arguments) {
  return printToDescriptor(descriptor, format, arguments, SNAG_LIBRARY_CALL,
                           [&] { return real_vdprintf(descriptor, format, arguments); });
}
int snag_libc___vfprintf_chk(FILE* stream, int flag, const char* format, va_list arguments) {
  return printToChecked(stream, flag, "vfprintf", format, arguments, SNAG_LIBRARY_CALL, SNAG_CALLER);
}
int snag_libc___vasprintf_chk(char** buffer, int flag, const char* format, va_list arguments) {
  return printToNewText(buffer, format, arguments, SNAG_LIBRARY_CALL,
                        [&] { return real___vasprintf_chk(buffer, flag, format, arguments); });
}
int snag_libc___vdprintf_chk(int descriptor, int flag, const char* format, va_list arguments) {
  return printToDescriptor(descriptor, format, arguments, SNAG_LIBRARY_CALL,
                           [&] { return real___vdprintf_chk(descriptor, flag, format, arguments); });
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
  SNAG_WITH_ARGUMENTS(format, printToNewText(buffer, format, arguments, SNAG_LIBRARY_CALL,
                                             [&] { return real_vasprintf(buffer, format, arguments); }));
}
int snag_libc_dprintf(int descriptor, const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format, printToDescriptor(descriptor, format, arguments, SNAG_LIBRARY_CALL,
                                                [&] { return real_vdprintf(descriptor, format, arguments); }));
}
int snag_libc___printf_chk(int flag, const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format,
                      printToChecked(stdout, flag, "printf", format, arguments, SNAG_LIBRARY_CALL, SNAG_CALLER));
}
int snag_libc___fprintf_chk(FILE* stream, int flag, const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format,
                      printToChecked(stream, flag, "fprintf", format, arguments, SNAG_LIBRARY_CALL, SNAG_CALLER));
}
int snag_libc___asprintf_chk(char** buffer, int flag, const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format, printToNewText(buffer, format, arguments, SNAG_LIBRARY_CALL,
                                             [&] { return real___vasprintf_chk(buffer, flag, format, arguments); }));
}
int snag_libc___dprintf_chk(int descriptor, int flag, const char* format, ...) {
  SNAG_WITH_ARGUMENTS(format, printToDescriptor(descriptor, format, arguments, SNAG_LIBRARY_CALL, [&] {
                        return real___vdprintf_chk(descriptor, flag, format, arguments);
                      }));
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
