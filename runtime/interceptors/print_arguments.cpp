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

enum class ArgumentType : uint8_t { Integer, Double, LongDouble };

ArgumentType argumentType(const Conversion& conversion) {
  for (const char* real = "eEfFgGaA"; *real != 0; ++real)
    if (*real == conversion.type) return conversion.length == 'L' ? ArgumentType::LongDouble : ArgumentType::Double;
  return ArgumentType::Integer;
}

// Integers and pointers take one place of the same size. Reals are passed over, and 0.
uintptr_t nextArgument(ArgumentType type, va_list arguments) {
  switch (type) {
    case ArgumentType::Double: static_cast<void>(va_arg(arguments, double)); return 0;
    case ArgumentType::LongDouble: static_cast<void>(va_arg(arguments, long double)); return 0;
    case ArgumentType::Integer: break;
  }
  return va_arg(arguments, uintptr_t);
}

void usesArgument(const LibraryCall& call, const Conversion& conversion, long precision, long mostBytes,
                  uintptr_t argument) {
  switch (conversion.type) {
    case 's':
    case 'S':
      if (conversion.isWide())
        readsWideText(call, reinterpret_cast<const wchar_t*>(argument), precision, mostBytes);
      else
        readsText(call, reinterpret_cast<const char*>(argument), precision);
      return;
    case 'n': call.writes(reinterpret_cast<const void*>(argument), integerBytes(conversion)); return;
    default: return;
  }
}

bool isUnderstood(char type) {
  for (const char* known = "sdiouxXbBcCSpneEfFgGaAm"; *known != 0; ++known)
    if (*known == type) return true;
  return false;
}

bool takesArgument(const Conversion& conversion) { return conversion.type != 'm'; }

// More numbers than these are not followed.
constexpr int kMostPositions = 64;

// Where a conversion finds its arguments, from 1; 0: it has none of the sort.
struct Positions {
  int width = 0;
  int precision = 0;
  int argument = 0;
};

// Calls visit(conversion, positions) until it says no. Where only some arguments have numbers, the others are counted
// by themselves, in `taken`: so does glibc. Says whether all of the format is understood.
template <typename Char, typename Visit>
bool visitNumbered(const Char* format, Visit visit) {
  int taken = 0;
  const auto place = [&](bool isTaken, int number) { return !isTaken ? 0 : number != 0 ? number : ++taken; };
  for (;;) {
    const Conversion conversion = nextConversion(&format, FormatFamily::Print);
    if (conversion.type == 0) return *format == 0;
    Positions positions;
    positions.width = place(conversion.hasStarWidth, conversion.widthPosition);
    positions.precision = place(conversion.hasStarPrecision, conversion.precisionPosition);
    positions.argument = place(takesArgument(conversion), conversion.position);
    if (!isUnderstood(conversion.type) || !visit(conversion, positions)) return false;
  }
}

// A list is read in its own order and by the types of its arguments: so first what the format says of each, those that
// it does not name being integers; then all of them; then the conversions.
template <typename Char>
void readsNumberedArguments(const LibraryCall& call, const Char* format, long mostBytes, va_list arguments) {
  ArgumentType types[kMostPositions + 1] = {};
  int count = 0;
  const auto note = [&](int position, ArgumentType type) {
    if (position == 0) return true;
    if (position > kMostPositions) return false;
    types[position] = type;
    if (position > count) count = position;
    return true;
  };
  if (!visitNumbered(format, [&](const Conversion& conversion, const Positions& at) {
        return note(at.width, ArgumentType::Integer) && note(at.precision, ArgumentType::Integer) &&
               note(at.argument, argumentType(conversion));
      }))
    return;
  uintptr_t values[kMostPositions + 1];
  for (int position = 1; position <= count; ++position) values[position] = nextArgument(types[position], arguments);
  visitNumbered(format, [&](const Conversion& conversion, const Positions& at) {
    const long precision = at.precision != 0 ? static_cast<int>(values[at.precision]) : conversion.precision;
    if (at.argument != 0) usesArgument(call, conversion, precision, mostBytes, values[at.argument]);
    return true;
  });
}

}  // namespace

template <typename Char>
void readsArguments(const LibraryCall& call, const Char* format, va_list list) {
  if (!call.isChecked()) return;
  constexpr long kMostBytes = sizeof(Char) == 1 ? 4 : 1;
  va_list arguments;
  va_copy(arguments, list);
  for (;;) {
    const Char* const start = format;
    const Conversion conversion = nextConversion(&format, FormatFamily::Print);
    if (conversion.isNumbered()) {  // numbers count from the first argument, whatever has been taken until here
      va_end(arguments);
      va_copy(arguments, list);
      readsNumberedArguments(call, start, kMostBytes, arguments);
      break;
    }
    if (!isUnderstood(conversion.type)) break;
    if (conversion.hasStarWidth) static_cast<void>(va_arg(arguments, int));
    const long precision = conversion.hasStarPrecision ? va_arg(arguments, int) : conversion.precision;
    if (takesArgument(conversion))
      usesArgument(call, conversion, precision, kMostBytes, nextArgument(argumentType(conversion), arguments));
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
