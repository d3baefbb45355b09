// Strings and blocks of bytes. memcpy, memmove and memset are no interceptors: the compiler's pass checks them where
// they are called. This file is compiled without builtins, so that no loop of its own becomes a call of itself.
#include <locale.h>
#include <stddef.h>
#include <wchar.h>

#include <initializer_list>

#include "interceptors/library_call.h"

using namespace snag;

SNAG_LIBRARY_FUNCTION(size_t, strlen, const char*)
SNAG_LIBRARY_FUNCTION(size_t, strnlen, const char*, size_t)
SNAG_LIBRARY_FUNCTION(char*, strcpy, char*, const char*)
SNAG_LIBRARY_FUNCTION(char*, stpcpy, char*, const char*)
SNAG_LIBRARY_FUNCTION(char*, strncpy, char*, const char*, size_t)
SNAG_LIBRARY_FUNCTION(char*, stpncpy, char*, const char*, size_t)
SNAG_LIBRARY_FUNCTION(char*, strcat, char*, const char*)
SNAG_LIBRARY_FUNCTION(char*, strncat, char*, const char*, size_t)
SNAG_LIBRARY_FUNCTION(char*, __strcpy_chk, char*, const char*, size_t)
SNAG_LIBRARY_FUNCTION(char*, __stpcpy_chk, char*, const char*, size_t)
SNAG_LIBRARY_FUNCTION(char*, __strncpy_chk, char*, const char*, size_t, size_t)
SNAG_LIBRARY_FUNCTION(char*, __strcat_chk, char*, const char*, size_t)
SNAG_LIBRARY_FUNCTION(char*, __strncat_chk, char*, const char*, size_t, size_t)
SNAG_LIBRARY_FUNCTION(void*, __memcpy_chk, void*, const void*, size_t, size_t)
SNAG_LIBRARY_FUNCTION(void*, __memmove_chk, void*, const void*, size_t, size_t)
SNAG_LIBRARY_FUNCTION(void*, __memset_chk, void*, int, size_t, size_t)
SNAG_LIBRARY_FUNCTION(int, memcmp, const void*, const void*, size_t)
SNAG_LIBRARY_FUNCTION(int, bcmp, const void*, const void*, size_t)
SNAG_LIBRARY_FUNCTION(void*, memchr, const void*, int, size_t)
SNAG_LIBRARY_FUNCTION(void*, memrchr, const void*, int, size_t)
SNAG_LIBRARY_FUNCTION(void*, memmem, const void*, size_t, const void*, size_t)
SNAG_LIBRARY_FUNCTION(void*, memccpy, void*, const void*, int, size_t)
SNAG_LIBRARY_FUNCTION(int, strcmp, const char*, const char*)
SNAG_LIBRARY_FUNCTION(int, strncmp, const char*, const char*, size_t)
SNAG_LIBRARY_FUNCTION(int, strcasecmp, const char*, const char*)
SNAG_LIBRARY_FUNCTION(int, strncasecmp, const char*, const char*, size_t)
SNAG_LIBRARY_FUNCTION(int, strcoll, const char*, const char*)
SNAG_LIBRARY_FUNCTION(size_t, strxfrm, char*, const char*, size_t)
SNAG_LIBRARY_FUNCTION(char*, strchr, const char*, int)
SNAG_LIBRARY_FUNCTION(char*, strchrnul, const char*, int)
SNAG_LIBRARY_FUNCTION(char*, strrchr, const char*, int)
SNAG_LIBRARY_FUNCTION(char*, strstr, const char*, const char*)
SNAG_LIBRARY_FUNCTION(char*, strcasestr, const char*, const char*)
SNAG_LIBRARY_FUNCTION(char*, strpbrk, const char*, const char*)
SNAG_LIBRARY_FUNCTION(size_t, strspn, const char*, const char*)
SNAG_LIBRARY_FUNCTION(size_t, strcspn, const char*, const char*)
SNAG_LIBRARY_FUNCTION(char*, strdup, const char*)
SNAG_LIBRARY_FUNCTION(char*, strndup, const char*, size_t)
SNAG_LIBRARY_FUNCTION(char*, strtok_r, char*, const char*, char**)
SNAG_LIBRARY_FUNCTION(char*, strsep, char**, const char*)
SNAG_LIBRARY_FUNCTION(long, strtol, const char*, char**, int)
SNAG_LIBRARY_FUNCTION(long long, strtoll, const char*, char**, int)
SNAG_LIBRARY_FUNCTION(unsigned long, strtoul, const char*, char**, int)
SNAG_LIBRARY_FUNCTION(unsigned long long, strtoull, const char*, char**, int)
SNAG_LIBRARY_FUNCTION(double, strtod, const char*, char**)
SNAG_LIBRARY_FUNCTION(float, strtof, const char*, char**)
SNAG_LIBRARY_FUNCTION(int, atoi, const char*)
SNAG_LIBRARY_FUNCTION(long, atol, const char*)
SNAG_LIBRARY_FUNCTION(long long, atoll, const char*)
SNAG_LIBRARY_FUNCTION(double, atof, const char*)
SNAG_LIBRARY_FUNCTION(size_t, wcslen, const wchar_t*)
SNAG_LIBRARY_FUNCTION(wchar_t*, wcscpy, wchar_t*, const wchar_t*)
SNAG_LIBRARY_FUNCTION(wchar_t*, wcscat, wchar_t*, const wchar_t*)
SNAG_LIBRARY_FUNCTION(int, wcscmp, const wchar_t*, const wchar_t*)
SNAG_LIBRARY_FUNCTION(wchar_t*, wmemcpy, wchar_t*, const wchar_t*, size_t)
SNAG_LIBRARY_FUNCTION(wchar_t*, wmemmove, wchar_t*, const wchar_t*, size_t)
SNAG_LIBRARY_FUNCTION(wchar_t*, wmemset, wchar_t*, wchar_t, size_t)

namespace {

size_t lengthOf(const char* text) { return real_strlen(text); }
// Bytes of the text with its NUL, but no more than `most`.
size_t bytesOf(const char* text, size_t most) {
  const size_t length = real_strnlen(text, most);
  return length < most ? length + 1 : most;
}

void readsText(const LibraryCall& call, const char* text) {
  if (call.isChecked()) call.reads(text, lengthOf(text) + 1);
}
void readsTexts(const LibraryCall& call, const char* one, const char* other) {
  readsText(call, one);
  readsText(call, other);
}
void readsText(const LibraryCall& call, const char* text, size_t most) {
  if (call.isChecked()) call.reads(text, bytesOf(text, most));
}

// Of a search that ended at `found`, or at the end.
void readsUpTo(const LibraryCall& call, const char* text, const char* found) {
  if (found == nullptr) return readsText(call, text);
  call.reads(text, static_cast<size_t>(found - text) + 1);
}

// Of a search for a text that ended at `found`, or at the end. Returns `found`.
char* searched(const LibraryCall& call, const char* text, const char* wanted, char* found) {
  readsText(call, wanted);
  if (found == nullptr)
    readsText(call, text);
  else if (call.isChecked())
    call.reads(text, static_cast<size_t>(found - text) + lengthOf(wanted));
  return found;
}

// A copy reads and writes as many bytes.
void copies(const LibraryCall& call, void* to, const void* from, size_t bytes) {
  call.reads(from, bytes);
  call.writes(to, bytes);
}

// Sorting and searching compare what is not in any cache: what is looked at here and in the function, one after the
// other, is fetched at once.
void readsBoth(const LibraryCall& call, const void* one, const void* other, size_t bytes) {
  if (!call.isChecked()) return;
  for (const void* start : {one, other}) {
    __builtin_prefetch(start);
    __builtin_prefetch(reinterpret_cast<const void*>(kLinuxX86_64.shadowOf(reinterpret_cast<uintptr_t>(start))));
  }
  call.reads(one, bytes);
  call.reads(other, bytes);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// Comparisons stop at the first difference.
void compares(const LibraryCall& call, const char* one, const char* other, size_t most, bool ignoresCase) {
  if (!call.isChecked()) return;
  size_t i = 0;
  for (; i < most; ++i) {
    const bool isSame = ignoresCase ? lower(one[i]) == lower(other[i]) : one[i] == other[i];
    if (isSame && one[i] != 0) continue;
    ++i;
    break;
  }
  call.reads(one, i);
  call.reads(other, i);
}

void appends(const LibraryCall& call, char* to, const char* from, size_t most) {
  if (!call.isChecked()) return;
  const size_t before = lengthOf(to), added = real_strnlen(from, most);
  call.reads(to, before + 1);
  call.reads(from, added < most ? added + 1 : added);
  call.writes(to + before, added + 1);
}

void* copied(const LibraryCall& call, void* copy, size_t bytes) {
  call.writes(copy, bytes);
  return copy;
}

constexpr size_t kAny = ~size_t{0};
constexpr size_t kWide = sizeof(wchar_t);

}  // namespace

// --- lengths and copies ---------------------------------------------------------------------------------

size_t snag_libc_strlen(const char* text) {
  const size_t length = real_strlen(text);
  SNAG_LIBRARY_CALL.reads(text, length + 1);
  return length;
}
size_t snag_libc_strnlen(const char* text, size_t most) {
  const size_t length = real_strnlen(text, most);
  SNAG_LIBRARY_CALL.reads(text, length < most ? length + 1 : most);
  return length;
}

char* snag_libc_strcpy(char* to, const char* from) {
  if (const LibraryCall call = SNAG_LIBRARY_CALL; call.isChecked()) copies(call, to, from, lengthOf(from) + 1);
  return real_strcpy(to, from);
}
char* snag_libc___strcpy_chk(char* to, const char* from, size_t room) {
  if (const LibraryCall call = SNAG_LIBRARY_CALL; call.isChecked()) copies(call, to, from, lengthOf(from) + 1);
  return real___strcpy_chk(to, from, room);
}
char* snag_libc_stpcpy(char* to, const char* from) {
  if (const LibraryCall call = SNAG_LIBRARY_CALL; call.isChecked()) copies(call, to, from, lengthOf(from) + 1);
  return real_stpcpy(to, from);
}
char* snag_libc___stpcpy_chk(char* to, const char* from, size_t room) {
  if (const LibraryCall call = SNAG_LIBRARY_CALL; call.isChecked()) copies(call, to, from, lengthOf(from) + 1);
  return real___stpcpy_chk(to, from, room);
}
// The rest of the room is filled with zeros.
char* snag_libc_strncpy(char* to, const char* from, size_t room) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  readsText(call, from, room);
  call.writes(to, room);
  return real_strncpy(to, from, room);
}
char* snag_libc___strncpy_chk(char* to, const char* from, size_t room, size_t known) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  readsText(call, from, room);
  call.writes(to, room);
  return real___strncpy_chk(to, from, room, known);
}
char* snag_libc_stpncpy(char* to, const char* from, size_t room) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  readsText(call, from, room);
  call.writes(to, room);
  return real_stpncpy(to, from, room);
}
char* snag_libc_strcat(char* to, const char* from) {
  appends(SNAG_LIBRARY_CALL, to, from, kAny);
  return real_strcat(to, from);
}
char* snag_libc___strcat_chk(char* to, const char* from, size_t room) {
  appends(SNAG_LIBRARY_CALL, to, from, kAny);
  return real___strcat_chk(to, from, room);
}
char* snag_libc_strncat(char* to, const char* from, size_t most) {
  appends(SNAG_LIBRARY_CALL, to, from, most);
  return real_strncat(to, from, most);
}
char* snag_libc___strncat_chk(char* to, const char* from, size_t most, size_t room) {
  appends(SNAG_LIBRARY_CALL, to, from, most);
  return real___strncat_chk(to, from, most, room);
}
char* snag_libc_strdup(const char* text) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  readsText(call, text);
  char* copy = real_strdup(text);
  return static_cast<char*>(copied(call, copy, copy != nullptr && call.isChecked() ? lengthOf(copy) + 1 : 0));
}
char* snag_libc_strndup(const char* text, size_t most) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  readsText(call, text, most);
  char* copy = real_strndup(text, most);
  return static_cast<char*>(copied(call, copy, copy != nullptr && call.isChecked() ? lengthOf(copy) + 1 : 0));
}
void* snag_libc___memcpy_chk(void* to, const void* from, size_t bytes, size_t room) {
  copies(SNAG_LIBRARY_CALL, to, from, bytes);
  return real___memcpy_chk(to, from, bytes, room);
}
void* snag_libc___memmove_chk(void* to, const void* from, size_t bytes, size_t room) {
  copies(SNAG_LIBRARY_CALL, to, from, bytes);
  return real___memmove_chk(to, from, bytes, room);
}
void* snag_libc___memset_chk(void* to, int value, size_t bytes, size_t room) {
  SNAG_LIBRARY_CALL.writes(to, bytes);
  return real___memset_chk(to, value, bytes, room);
}
void* snag_libc_memccpy(void* to, const void* from, int stop, size_t most) {
  void* end = real_memccpy(to, from, stop, most);
  copies(SNAG_LIBRARY_CALL, to, from,
         end != nullptr ? static_cast<size_t>(static_cast<char*>(end) - static_cast<char*>(to)) : most);
  return end;
}
size_t snag_libc_strxfrm(char* to, const char* from, size_t room) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  readsText(call, from);
  const size_t length = real_strxfrm(to, from, room);
  call.writes(to, length < room ? length + 1 : room);
  return length;
}

// --- comparisons ----------------------------------------------------------------------------------------

int snag_libc_memcmp(const void* one, const void* other, size_t bytes) {
  readsBoth(SNAG_LIBRARY_CALL, one, other, bytes);
  return real_memcmp(one, other, bytes);
}
int snag_libc_bcmp(const void* one, const void* other, size_t bytes) {
  readsBoth(SNAG_LIBRARY_CALL, one, other, bytes);
  return real_bcmp(one, other, bytes);
}
int snag_libc_strcmp(const char* one, const char* other) {
  compares(SNAG_LIBRARY_CALL, one, other, kAny, false);
  return real_strcmp(one, other);
}
int snag_libc_strncmp(const char* one, const char* other, size_t most) {
  compares(SNAG_LIBRARY_CALL, one, other, most, false);
  return real_strncmp(one, other, most);
}
int snag_libc_strcasecmp(const char* one, const char* other) {
  compares(SNAG_LIBRARY_CALL, one, other, kAny, true);
  return real_strcasecmp(one, other);
}
int snag_libc_strncasecmp(const char* one, const char* other, size_t most) {
  compares(SNAG_LIBRARY_CALL, one, other, most, true);
  return real_strncasecmp(one, other, most);
}
int snag_libc_strcoll(const char* one, const char* other) {
  readsTexts(SNAG_LIBRARY_CALL, one, other);
  return real_strcoll(one, other);
}

// --- searches -------------------------------------------------------------------------------------------

void* snag_libc_memchr(const void* start, int byte, size_t bytes) {
  void* found = real_memchr(start, byte, bytes);
  SNAG_LIBRARY_CALL.reads(
      start,
      found != nullptr ? static_cast<size_t>(static_cast<char*>(found) - static_cast<const char*>(start)) + 1 : bytes);
  return found;
}
void* snag_libc_memrchr(const void* start, int byte, size_t bytes) {
  char* found = static_cast<char*>(real_memrchr(start, byte, bytes));
  const char* first = found != nullptr ? found : static_cast<const char*>(start);
  SNAG_LIBRARY_CALL.reads(first, static_cast<size_t>(static_cast<const char*>(start) + bytes - first));
  return found;
}
void* snag_libc_memmem(const void* start, size_t bytes, const void* wanted, size_t wantedBytes) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(start, bytes);
  call.reads(wanted, wantedBytes);
  return real_memmem(start, bytes, wanted, wantedBytes);
}
char* snag_libc_strchr(const char* text, int wanted) {
  char* found = real_strchr(text, wanted);
  readsUpTo(SNAG_LIBRARY_CALL, text, found);
  return found;
}
char* snag_libc_strchrnul(const char* text, int wanted) {
  char* found = real_strchrnul(text, wanted);
  readsUpTo(SNAG_LIBRARY_CALL, text, found);
  return found;
}
char* snag_libc_strrchr(const char* text, int wanted) {
  readsText(SNAG_LIBRARY_CALL, text);
  return real_strrchr(text, wanted);
}
char* snag_libc_strstr(const char* text, const char* wanted) {
  return searched(SNAG_LIBRARY_CALL, text, wanted, real_strstr(text, wanted));
}
char* snag_libc_strcasestr(const char* text, const char* wanted) {
  return searched(SNAG_LIBRARY_CALL, text, wanted, real_strcasestr(text, wanted));
}
char* snag_libc_strpbrk(const char* text, const char* wanted) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  char* found = real_strpbrk(text, wanted);
  readsUpTo(call, text, found);
  readsText(call, wanted);
  return found;
}
size_t snag_libc_strspn(const char* text, const char* wanted) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  const size_t length = real_strspn(text, wanted);
  call.reads(text, length + 1);
  readsText(call, wanted);
  return length;
}
size_t snag_libc_strcspn(const char* text, const char* wanted) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  const size_t length = real_strcspn(text, wanted);
  call.reads(text, length + 1);
  readsText(call, wanted);
  return length;
}

// --- pieces and numbers ---------------------------------------------------------------------------------

// The NUL that ends a piece is written; everything up to it is read.
char* snag_libc_strtok_r(char* text, const char* separators, char** rest) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  readsText(call, separators);
  char* piece = real_strtok_r(text, separators, rest);
  if (piece != nullptr && call.isChecked()) {
    const size_t length = lengthOf(piece);
    call.reads(piece, length + 1);
    if (*rest > piece + length) call.writes(piece + length, 1);
  }
  call.writes(rest, sizeof *rest);
  return piece;
}
char* snag_libc_strsep(char** text, const char* separators) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  readsText(call, separators);
  char* piece = real_strsep(text, separators);
  if (piece != nullptr && call.isChecked()) {
    const size_t length = lengthOf(piece);
    call.reads(piece, length + 1);
    if (*text != nullptr) call.writes(piece + length, 1);
  }
  call.writes(text, sizeof *text);
  return piece;
}

#define SNAG_NUMBER(type, name)                                                \
  type snag_libc_##name(const char* text, char** end, int base) {              \
    const LibraryCall call = SNAG_LIBRARY_CALL;                                \
    char* own = nullptr;                                                       \
    const type value = real_##name(text, &own, base);                          \
    if (own != nullptr) call.reads(text, static_cast<size_t>(own - text) + 1); \
    if (end != nullptr) {                                                      \
      call.writes(end, sizeof *end);                                           \
      *end = own;                                                              \
    }                                                                          \
    return value;                                                              \
  }
SNAG_NUMBER(long, strtol)
SNAG_NUMBER(long long, strtoll)
SNAG_NUMBER(unsigned long, strtoul)
SNAG_NUMBER(unsigned long long, strtoull)

#define SNAG_FRACTION(type, name)                                              \
  type snag_libc_##name(const char* text, char** end) {                        \
    const LibraryCall call = SNAG_LIBRARY_CALL;                                \
    char* own = nullptr;                                                       \
    const type value = real_##name(text, &own);                                \
    if (own != nullptr) call.reads(text, static_cast<size_t>(own - text) + 1); \
    if (end != nullptr) {                                                      \
      call.writes(end, sizeof *end);                                           \
      *end = own;                                                              \
    }                                                                          \
    return value;                                                              \
  }
SNAG_FRACTION(double, strtod)
SNAG_FRACTION(float, strtof)

int snag_libc_atoi(const char* text) {
  char* end = nullptr;
  real_strtol(text, &end, 10);
  readsUpTo(SNAG_LIBRARY_CALL, text, end);
  return real_atoi(text);
}
long snag_libc_atol(const char* text) {
  char* end = nullptr;
  real_strtol(text, &end, 10);
  readsUpTo(SNAG_LIBRARY_CALL, text, end);
  return real_atol(text);
}
long long snag_libc_atoll(const char* text) {
  char* end = nullptr;
  real_strtoll(text, &end, 10);
  readsUpTo(SNAG_LIBRARY_CALL, text, end);
  return real_atoll(text);
}
double snag_libc_atof(const char* text) {
  char* end = nullptr;
  const double value = real_strtod(text, &end);
  readsUpTo(SNAG_LIBRARY_CALL, text, end);
  return value;
}

// --- wide characters ------------------------------------------------------------------------------------

size_t snag_libc_wcslen(const wchar_t* text) {
  const size_t length = real_wcslen(text);
  SNAG_LIBRARY_CALL.reads(text, (length + 1) * kWide);
  return length;
}
wchar_t* snag_libc_wcscpy(wchar_t* to, const wchar_t* from) {
  copies(SNAG_LIBRARY_CALL, to, from, (real_wcslen(from) + 1) * kWide);
  return real_wcscpy(to, from);
}
wchar_t* snag_libc_wcscat(wchar_t* to, const wchar_t* from) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  const size_t before = real_wcslen(to), added = real_wcslen(from) + 1;
  call.reads(to, (before + 1) * kWide);
  copies(call, to + before, from, added * kWide);
  return real_wcscat(to, from);
}
int snag_libc_wcscmp(const wchar_t* one, const wchar_t* other) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  size_t i = 0;
  while (one[i] == other[i] && one[i] != 0) ++i;
  call.reads(one, (i + 1) * kWide);
  call.reads(other, (i + 1) * kWide);
  return real_wcscmp(one, other);
}
wchar_t* snag_libc_wmemcpy(wchar_t* to, const wchar_t* from, size_t count) {
  copies(SNAG_LIBRARY_CALL, to, from, count * kWide);
  return real_wmemcpy(to, from, count);
}
wchar_t* snag_libc_wmemmove(wchar_t* to, const wchar_t* from, size_t count) {
  copies(SNAG_LIBRARY_CALL, to, from, count * kWide);
  return real_wmemmove(to, from, count);
}
wchar_t* snag_libc_wmemset(wchar_t* to, wchar_t value, size_t count) {
  SNAG_LIBRARY_CALL.writes(to, count * kWide);
  return real_wmemset(to, value, count);
}
