// Streams of wide characters; stream_call.h says what each call orders.
#include <stdio.h>
#include <wchar.h>

#include "interceptors/library_call.h"
#include "interceptors/stream_call.h"

using namespace snag;

namespace {

[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<size_t(const wchar_t*)> real_wcslen{
    {"wcslen", nullptr, nullptr}};

size_t textBytes(const wchar_t* text) { return (real_wcslen(text) + 1) * sizeof *text; }

}  // namespace

SNAG_LIBRARY_FUNCTION(wchar_t*, fgetws, wchar_t*, int, FILE*)
SNAG_LIBRARY_FUNCTION(wchar_t*, __fgetws_chk, wchar_t*, size_t, int, FILE*)
SNAG_LIBRARY_FUNCTION(wint_t, fgetwc, FILE*)
SNAG_LIBRARY_FUNCTION(wint_t, getwc, FILE*)
SNAG_LIBRARY_FUNCTION(wint_t, getwchar)
SNAG_LIBRARY_FUNCTION(wint_t, ungetwc, wint_t, FILE*)
SNAG_LIBRARY_FUNCTION(int, fputws, const wchar_t*, FILE*)
SNAG_LIBRARY_FUNCTION(wint_t, fputwc, wchar_t, FILE*)
SNAG_LIBRARY_FUNCTION(wint_t, putwc, wchar_t, FILE*)
SNAG_LIBRARY_FUNCTION(wint_t, putwchar, wchar_t)

// --- in -------------------------------------------------------------------------------------------------

wchar_t* snag_libc_fgetws(wchar_t* buffer, int room, FILE* stream) {
  wchar_t* line;
  {
    SNAG_STREAM_IN(stream, "fgetws");
    line = real_fgetws(buffer, room, stream);
  }
  if (line != nullptr) SNAG_LIBRARY_CALL.writes(line, textBytes(line));
  return line;
}

wchar_t* snag_libc___fgetws_chk(wchar_t* buffer, size_t known, int room, FILE* stream) {
  wchar_t* line;
  {
    SNAG_STREAM_IN(stream, "fgetws");
    line = real___fgetws_chk(buffer, known, room, stream);
  }
  if (line != nullptr) SNAG_LIBRARY_CALL.writes(line, textBytes(line));
  return line;
}

wint_t snag_libc_fgetwc(FILE* stream) {
  SNAG_STREAM_IN(stream, "fgetwc");
  return real_fgetwc(stream);
}

wint_t snag_libc_getwc(FILE* stream) {
  SNAG_STREAM_IN(stream, "getwc");
  return real_getwc(stream);
}

wint_t snag_libc_getwchar() {
  SNAG_STREAM_IN(stdin, "getwchar");
  return real_getwchar();
}

wint_t snag_libc_ungetwc(wint_t character, FILE* stream) {
  SNAG_STREAM_IN(stream, "ungetwc");
  return real_ungetwc(character, stream);
}

// --- out ------------------------------------------------------------------------------------------------

int snag_libc_fputws(const wchar_t* text, FILE* stream) {
  SNAG_LIBRARY_CALL.reads(text, textBytes(text));
  SNAG_STREAM_OUT(stream, "fputws");
  return real_fputws(text, stream);
}

wint_t snag_libc_fputwc(wchar_t character, FILE* stream) {
  SNAG_STREAM_OUT(stream, "fputwc");
  return real_fputwc(character, stream);
}

wint_t snag_libc_putwc(wchar_t character, FILE* stream) {
  SNAG_STREAM_OUT(stream, "putwc");
  return real_putwc(character, stream);
}

wint_t snag_libc_putwchar(wchar_t character) {
  SNAG_STREAM_OUT(stdout, "putwchar");
  return real_putwchar(character);
}
