// Streams of bytes; stream_call.h says what each call orders.
#include <stdarg.h>
#include <stdio.h>
#include <sys/types.h>

#include "interceptors/library_call.h"
#include "interceptors/stream_call.h"

using namespace snag;

namespace {

[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<size_t(const char*)> real_strlen{
    {"strlen", nullptr, nullptr}};
SNAG_REAL(flockfile);
SNAG_REAL(ftrylockfile);
SNAG_REAL(funlockfile);

}  // namespace

SNAG_LIBRARY_FUNCTION(size_t, fread, void*, size_t, size_t, FILE*)
SNAG_LIBRARY_FUNCTION(size_t, __fread_chk, void*, size_t, size_t, size_t, FILE*)
SNAG_LIBRARY_FUNCTION(size_t, fwrite, const void*, size_t, size_t, FILE*)
SNAG_LIBRARY_FUNCTION(char*, fgets, char*, int, FILE*)
SNAG_LIBRARY_FUNCTION(char*, __fgets_chk, char*, size_t, int, FILE*)
SNAG_LIBRARY_FUNCTION(int, fputs, const char*, FILE*)
SNAG_LIBRARY_FUNCTION(int, puts, const char*)
SNAG_LIBRARY_FUNCTION(int, fgetc, FILE*)
SNAG_LIBRARY_FUNCTION(int, getc, FILE*)
SNAG_LIBRARY_FUNCTION(int, getchar)
SNAG_LIBRARY_FUNCTION(int, ungetc, int, FILE*)
SNAG_LIBRARY_FUNCTION(int, fputc, int, FILE*)
SNAG_LIBRARY_FUNCTION(int, putc, int, FILE*)
SNAG_LIBRARY_FUNCTION(int, putchar, int)
SNAG_LIBRARY_FUNCTION(int, fflush, FILE*)
SNAG_LIBRARY_FUNCTION(ssize_t, getline, char**, size_t*, FILE*)
SNAG_LIBRARY_FUNCTION(ssize_t, getdelim, char**, size_t*, int, FILE*)
SNAG_LIBRARY_FUNCTION(int, pclose, FILE*)

// --- locks ----------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR void flockfile(FILE* stream) noexcept {
  real_flockfile(stream);
  noteAcquire(stream);
}

SNAG_INTERCEPTOR int ftrylockfile(FILE* stream) noexcept {
  const int error = real_ftrylockfile(stream);
  if (error == 0) noteAcquire(stream);
  return error;
}

SNAG_INTERCEPTOR void funlockfile(FILE* stream) noexcept {
  noteRelease(stream);
  real_funlockfile(stream);
}

// --- in -------------------------------------------------------------------------------------------------

size_t snag_libc_fread(void* buffer, size_t size, size_t count, FILE* stream) {
  size_t read;
  {
    SNAG_STREAM_IN(stream, "fread");
    read = real_fread(buffer, size, count, stream);
  }
  SNAG_LIBRARY_CALL.writes(buffer, read * size);
  return read;
}

size_t snag_libc___fread_chk(void* buffer, size_t room, size_t size, size_t count, FILE* stream) {
  size_t read;
  {
    SNAG_STREAM_IN(stream, "fread");
    read = real___fread_chk(buffer, room, size, count, stream);
  }
  SNAG_LIBRARY_CALL.writes(buffer, read * size);
  return read;
}

char* snag_libc_fgets(char* buffer, int room, FILE* stream) {
  char* line;
  {
    SNAG_STREAM_IN(stream, "fgets");
    line = real_fgets(buffer, room, stream);
  }
  if (line != nullptr) SNAG_LIBRARY_CALL.writes(line, real_strlen(line) + 1);
  return line;
}

char* snag_libc___fgets_chk(char* buffer, size_t known, int room, FILE* stream) {
  char* line;
  {
    SNAG_STREAM_IN(stream, "fgets");
    line = real___fgets_chk(buffer, known, room, stream);
  }
  if (line != nullptr) SNAG_LIBRARY_CALL.writes(line, real_strlen(line) + 1);
  return line;
}

int snag_libc_fgetc(FILE* stream) {
  SNAG_STREAM_IN(stream, "fgetc");
  return real_fgetc(stream);
}

int snag_libc_getc(FILE* stream) {
  SNAG_STREAM_IN(stream, "getc");
  return real_getc(stream);
}

int snag_libc_getchar() {
  SNAG_STREAM_IN(stdin, "getchar");
  return real_getchar();
}

int snag_libc_ungetc(int character, FILE* stream) {
  SNAG_STREAM_IN(stream, "ungetc");
  return real_ungetc(character, stream);
}

ssize_t snag_libc_getdelim(char** line, size_t* room, int end, FILE* stream) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  ssize_t length;
  {
    SNAG_STREAM_IN(stream, "getdelim");
    length = real_getdelim(line, room, end, stream);
  }
  call.writes(line, sizeof *line);
  call.writes(room, sizeof *room);
  if (length >= 0) call.writes(*line, static_cast<size_t>(length) + 1);
  return length;
}

ssize_t snag_libc_getline(char** line, size_t* room, FILE* stream) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  ssize_t length;
  {
    SNAG_STREAM_IN(stream, "getline");
    length = real_getline(line, room, stream);
  }
  call.writes(line, sizeof *line);
  call.writes(room, sizeof *room);
  if (length >= 0) call.writes(*line, static_cast<size_t>(length) + 1);
  return length;
}

// --- out ------------------------------------------------------------------------------------------------

size_t snag_libc_fwrite(const void* buffer, size_t size, size_t count, FILE* stream) {
  SNAG_LIBRARY_CALL.reads(buffer, size * count);
  SNAG_STREAM_OUT(stream, "fwrite");
  return real_fwrite(buffer, size, count, stream);
}

int snag_libc_fputs(const char* text, FILE* stream) {
  SNAG_LIBRARY_CALL.reads(text, real_strlen(text) + 1);
  SNAG_STREAM_OUT(stream, "fputs");
  return real_fputs(text, stream);
}

int snag_libc_puts(const char* text) {
  SNAG_LIBRARY_CALL.reads(text, real_strlen(text) + 1);
  SNAG_STREAM_OUT(stdout, "puts");
  return real_puts(text);
}

int snag_libc_fputc(int character, FILE* stream) {
  SNAG_STREAM_OUT(stream, "fputc");
  return real_fputc(character, stream);
}

int snag_libc_putc(int character, FILE* stream) {
  SNAG_STREAM_OUT(stream, "putc");
  return real_putc(character, stream);
}

int snag_libc_putchar(int character) {
  SNAG_STREAM_OUT(stdout, "putchar");
  return real_putchar(character);
}

int snag_libc_fflush(FILE* stream) {
  SNAG_STREAM_OUT(stream, "fflush");
  return real_fflush(stream);
}

// Waits for the other process, which may have told whatever it was told.
int snag_libc_pclose(FILE* stream) {
  noteRelease(stream);
  noteSending();
  forgetDescriptor(stream->_fileno);
  const int status = real_pclose(stream);
  if (status >= 0) noteReceived();
  return status;
}
