// What the printf family reads for its conversions and writes into its caller's buffer: plain and wide, which differ in
// the characters of format and buffer only.
#ifndef SNAG_INTERCEPTORS_PRINT_ARGUMENTS_H
#define SNAG_INTERCEPTORS_PRINT_ARGUMENTS_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "interceptors/library_call.h"

namespace snag {

// Before the real call: the texts behind %s are read, the integers behind %n written. For char and wchar_t.
template <typename Char>
void readsArguments(const LibraryCall& call, const Char* format, va_list list);

// After it: `length` characters and an end, as far as there is room. Hands the length through.
template <typename Char>
int written(const LibraryCall& call, const Char* buffer, size_t room, int length) {
  if (length < 0 || room == 0) return length;
  const size_t characters = static_cast<size_t>(length) < room ? static_cast<size_t>(length) + 1 : room;
  call.writes(buffer, characters * sizeof *buffer);
  return length;
}

// Before and after one call on a stream; see stdio.cpp.
void beginPrinting(FILE* stream);
int donePrinting(FILE* stream, int length);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_PRINT_ARGUMENTS_H
