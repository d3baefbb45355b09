#include "interceptors/print_arguments.h"

#include <wchar.h>

#include "interceptors/format.h"
#include "interceptors/io_channel.h"
#include "interceptors/sync_events.h"

namespace snag {
namespace {

[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<size_t(const char*, size_t)> real_strnlen{
    {"strnlen", nullptr, nullptr}};

// A precision counts what is printed: bytes by printf, characters by wprintf. Each takes at least one byte of the text.
void readsText(const LibraryCall& call, const char* text, long precision) {
  if (text == nullptr) return;
  const size_t most = precision >= 0 ? static_cast<size_t>(precision) : SIZE_MAX;
  const size_t length = real_strnlen(text, most);
  call.reads(text, length < most ? length + 1 : length);
}

// `mostBytes`: what one character may take of the precision.
void readsWideText(const LibraryCall& call, const wchar_t* text, long precision, long mostBytes) {
  if (text == nullptr) return;
  size_t count = 0;
  long left = precision;
  while (precision < 0 || left > 0) {
    const wchar_t character = text[count++];
    if (character == 0) break;
    left -= character < 128 ? 1 : mostBytes;
  }
  call.reads(text, count * sizeof *text);
}

// Takes one argument off the list, as its conversion has it.
void readsArgument(const LibraryCall& call, const Conversion& conversion, long precision, long mostBytes,
                   va_list arguments) {
  switch (conversion.type) {
    case 's':
    case 'S':
      if (conversion.isWide())
        readsWideText(call, va_arg(arguments, const wchar_t*), precision, mostBytes);
      else
        readsText(call, va_arg(arguments, const char*), precision);
      return;
    case 'n': call.writes(va_arg(arguments, const void*), integerBytes(conversion)); return;
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
  for (const char* known = "sdiouxXbBcCSpneEfFgGaAm"; *known != 0; ++known)
    if (*known == type) return true;
  return false;
}

}  // namespace

template <typename Char>
void readsArguments(const LibraryCall& call, const Char* format, va_list list) {
  if (!call.isChecked()) return;
  constexpr long kMostBytes = sizeof(Char) == 1 ? 4 : 1;
  va_list arguments;
  va_copy(arguments, list);
  for (;;) {
    const Conversion conversion = nextConversion(&format, FormatFamily::Print);
    if (!isUnderstood(conversion.type)) break;
    if (conversion.hasStarWidth) static_cast<void>(va_arg(arguments, int));
    const long precision = conversion.hasStarPrecision ? va_arg(arguments, int) : conversion.precision;
    readsArgument(call, conversion, precision, kMostBytes, arguments);
  }
  va_end(arguments);
}

template void readsArguments(const LibraryCall& call, const char* format, va_list list);
template void readsArguments(const LibraryCall& call, const wchar_t* format, va_list list);

void beginPrinting(FILE* stream) {
  noteRelease(stream);
  noteSending(stream->_fileno);
}

int donePrinting(FILE* stream, int length) {
  noteAcquire(stream);
  return length;
}

}  // namespace snag
