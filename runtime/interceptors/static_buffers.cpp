// Functions whose result or state is shared by the whole process: a call writes that. Where the function hands out a
// buffer, it is libc's buffer itself that is written, so whoever still reads an earlier result races as well.
#include <grp.h>
#include <pwd.h>
#include <stddef.h>
#include <time.h>

#include <initializer_list>

#include "interceptors/library_call.h"

extern "C" char** environ;

using namespace snag;

struct hostent;
struct servent;
struct protoent;
struct dirent;
struct lconv;
struct DIR;

namespace {

[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<size_t(const char*)> real_strlen{
    {"strlen", nullptr, nullptr}};

// States that have no address outside of libc. Nothing is ever stored here.
alignas(8) constinit char strtokState[8], randomState[8], localeState[8];

template <typename Buffer>
Buffer* handedOut(const LibraryCall& call, Buffer* buffer, size_t bytes) {
  if (buffer != nullptr) call.writes(buffer, bytes);
  return buffer;
}
char* textHandedOut(const LibraryCall& call, char* text) {
  return text != nullptr && call.isChecked() ? handedOut(call, text, real_strlen(text) + 1) : text;
}

// passwd, group, hostent, servent and protoent all begin with pointers.
constexpr size_t kRecord = 2 * sizeof(void*);

void textsWritten(const LibraryCall& call, std::initializer_list<const char*> texts) {
  for (const char* text : texts)
    if (text != nullptr) call.writes(text, real_strlen(text) + 1);
}
// A record and the texts that it points to.
passwd* handedOut(const LibraryCall& call, passwd* record) {
  if (record == nullptr || !call.isChecked()) return record;
  textsWritten(call, {record->pw_name, record->pw_passwd, record->pw_gecos, record->pw_dir, record->pw_shell});
  return handedOut(call, record, sizeof *record);
}
group* handedOut(const LibraryCall& call, group* record) {
  if (record == nullptr || !call.isChecked()) return record;
  textsWritten(call, {record->gr_name, record->gr_passwd});
  for (char** member = record->gr_mem; member != nullptr; ++member) {
    call.writes(member, sizeof *member);
    if (*member == nullptr) break;
    textsWritten(call, {*member});
  }
  return handedOut(call, record, sizeof *record);
}
// Where the caller gives the memory.
template <typename Record>
int filledIn(const LibraryCall& call, int error, Record** result) {
  call.writes(result, sizeof *result);
  if (error == 0) handedOut(call, *result);
  return error;
}

}  // namespace

// --- time -----------------------------------------------------------------------------------------------

SNAG_LIBRARY_FUNCTION(tm*, localtime, const time_t*)
SNAG_LIBRARY_FUNCTION(tm*, gmtime, const time_t*)
SNAG_LIBRARY_FUNCTION(tm*, localtime_r, const time_t*, tm*)
SNAG_LIBRARY_FUNCTION(tm*, gmtime_r, const time_t*, tm*)
SNAG_LIBRARY_FUNCTION(char*, ctime, const time_t*)
SNAG_LIBRARY_FUNCTION(char*, asctime, const tm*)
SNAG_LIBRARY_FUNCTION(char*, ctime_r, const time_t*, char*)
SNAG_LIBRARY_FUNCTION(char*, asctime_r, const tm*, char*)
SNAG_LIBRARY_FUNCTION(time_t, mktime, tm*)

tm* snag_libc_localtime(const time_t* time) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(time, sizeof *time);
  return handedOut(call, real_localtime(time), sizeof(tm));
}
tm* snag_libc_gmtime(const time_t* time) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(time, sizeof *time);
  return handedOut(call, real_gmtime(time), sizeof(tm));
}
tm* snag_libc_localtime_r(const time_t* time, tm* out) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(time, sizeof *time);
  return handedOut(call, real_localtime_r(time, out), sizeof(tm));
}
tm* snag_libc_gmtime_r(const time_t* time, tm* out) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(time, sizeof *time);
  return handedOut(call, real_gmtime_r(time, out), sizeof(tm));
}
char* snag_libc_ctime(const time_t* time) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(time, sizeof *time);
  return textHandedOut(call, real_ctime(time));
}
char* snag_libc_asctime(const tm* time) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(time, sizeof *time);
  return textHandedOut(call, real_asctime(time));
}
char* snag_libc_ctime_r(const time_t* time, char* out) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(time, sizeof *time);
  return textHandedOut(call, real_ctime_r(time, out));
}
char* snag_libc_asctime_r(const tm* time, char* out) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(time, sizeof *time);
  return textHandedOut(call, real_asctime_r(time, out));
}
time_t snag_libc_mktime(tm* time) {
  SNAG_LIBRARY_CALL.writes(time, sizeof *time);
  return real_mktime(time);
}

// --- the environment ------------------------------------------------------------------------------------

SNAG_LIBRARY_FUNCTION(char*, getenv, const char*)
SNAG_LIBRARY_FUNCTION(int, setenv, const char*, const char*, int)
SNAG_LIBRARY_FUNCTION(int, unsetenv, const char*)
SNAG_LIBRARY_FUNCTION(int, putenv, char*)
SNAG_LIBRARY_FUNCTION(int, clearenv)

char* snag_libc_getenv(const char* name) {
  SNAG_LIBRARY_CALL.reads(&environ, sizeof environ);
  return real_getenv(name);
}
int snag_libc_setenv(const char* name, const char* value, int replace) {
  SNAG_LIBRARY_CALL.writes(&environ, sizeof environ);
  return real_setenv(name, value, replace);
}
int snag_libc_unsetenv(const char* name) {
  SNAG_LIBRARY_CALL.writes(&environ, sizeof environ);
  return real_unsetenv(name);
}
int snag_libc_putenv(char* text) {
  SNAG_LIBRARY_CALL.writes(&environ, sizeof environ);
  return real_putenv(text);
}
int snag_libc_clearenv() {
  SNAG_LIBRARY_CALL.writes(&environ, sizeof environ);
  return real_clearenv();
}

// --- hidden state ---------------------------------------------------------------------------------------

SNAG_LIBRARY_FUNCTION(char*, strtok, char*, const char*)
SNAG_LIBRARY_FUNCTION(double, drand48)
SNAG_LIBRARY_FUNCTION(long, lrand48)
SNAG_LIBRARY_FUNCTION(long, mrand48)
SNAG_LIBRARY_FUNCTION(void, srand48, long)
SNAG_LIBRARY_FUNCTION(char*, setlocale, int, const char*)
SNAG_LIBRARY_FUNCTION(lconv*, localeconv)

char* snag_libc_strtok(char* text, const char* separators) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.writes(strtokState, sizeof strtokState);
  char* piece = real_strtok(text, separators);
  return textHandedOut(call, piece);
}
// rand() and random() lock; these do not.
double snag_libc_drand48() {
  SNAG_LIBRARY_CALL.writes(randomState, sizeof randomState);
  return real_drand48();
}
long snag_libc_lrand48() {
  SNAG_LIBRARY_CALL.writes(randomState, sizeof randomState);
  return real_lrand48();
}
long snag_libc_mrand48() {
  SNAG_LIBRARY_CALL.writes(randomState, sizeof randomState);
  return real_mrand48();
}
void snag_libc_srand48(long seed) {
  SNAG_LIBRARY_CALL.writes(randomState, sizeof randomState);
  real_srand48(seed);
}
char* snag_libc_setlocale(int category, const char* locale) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  if (locale != nullptr)
    call.writes(localeState, sizeof localeState);
  else
    call.reads(localeState, sizeof localeState);
  return real_setlocale(category, locale);
}
lconv* snag_libc_localeconv() {
  SNAG_LIBRARY_CALL.reads(localeState, sizeof localeState);
  return real_localeconv();
}

// --- data bases -----------------------------------------------------------------------------------------

SNAG_LIBRARY_FUNCTION(passwd*, getpwnam, const char*)
SNAG_LIBRARY_FUNCTION(passwd*, getpwuid, unsigned)
SNAG_LIBRARY_FUNCTION(passwd*, getpwent)
SNAG_LIBRARY_FUNCTION(group*, getgrnam, const char*)
SNAG_LIBRARY_FUNCTION(group*, getgrgid, unsigned)
SNAG_LIBRARY_FUNCTION(group*, getgrent)
SNAG_LIBRARY_FUNCTION(int, getpwnam_r, const char*, passwd*, char*, size_t, passwd**)
SNAG_LIBRARY_FUNCTION(int, getpwuid_r, unsigned, passwd*, char*, size_t, passwd**)
SNAG_LIBRARY_FUNCTION(int, getgrnam_r, const char*, group*, char*, size_t, group**)
SNAG_LIBRARY_FUNCTION(int, getgrgid_r, unsigned, group*, char*, size_t, group**)
SNAG_LIBRARY_FUNCTION(hostent*, gethostbyname, const char*)
SNAG_LIBRARY_FUNCTION(hostent*, gethostbyaddr, const void*, unsigned, int)
SNAG_LIBRARY_FUNCTION(servent*, getservbyname, const char*, const char*)
SNAG_LIBRARY_FUNCTION(servent*, getservbyport, int, const char*)
SNAG_LIBRARY_FUNCTION(protoent*, getprotobyname, const char*)
SNAG_LIBRARY_FUNCTION(protoent*, getprotobynumber, int)
SNAG_LIBRARY_FUNCTION(char*, getlogin)
SNAG_LIBRARY_FUNCTION(char*, ttyname, int)
SNAG_LIBRARY_FUNCTION(char*, ptsname, int)

passwd* snag_libc_getpwnam(const char* name) { return handedOut(SNAG_LIBRARY_CALL, real_getpwnam(name)); }
passwd* snag_libc_getpwuid(unsigned id) { return handedOut(SNAG_LIBRARY_CALL, real_getpwuid(id)); }
passwd* snag_libc_getpwent() { return handedOut(SNAG_LIBRARY_CALL, real_getpwent()); }
group* snag_libc_getgrnam(const char* name) { return handedOut(SNAG_LIBRARY_CALL, real_getgrnam(name)); }
group* snag_libc_getgrgid(unsigned id) { return handedOut(SNAG_LIBRARY_CALL, real_getgrgid(id)); }
group* snag_libc_getgrent() { return handedOut(SNAG_LIBRARY_CALL, real_getgrent()); }
int snag_libc_getpwnam_r(const char* name, passwd* record, char* texts, size_t room, passwd** result) {
  return filledIn(SNAG_LIBRARY_CALL, real_getpwnam_r(name, record, texts, room, result), result);
}
int snag_libc_getpwuid_r(unsigned id, passwd* record, char* texts, size_t room, passwd** result) {
  return filledIn(SNAG_LIBRARY_CALL, real_getpwuid_r(id, record, texts, room, result), result);
}
int snag_libc_getgrnam_r(const char* name, group* record, char* texts, size_t room, group** result) {
  return filledIn(SNAG_LIBRARY_CALL, real_getgrnam_r(name, record, texts, room, result), result);
}
int snag_libc_getgrgid_r(unsigned id, group* record, char* texts, size_t room, group** result) {
  return filledIn(SNAG_LIBRARY_CALL, real_getgrgid_r(id, record, texts, room, result), result);
}
hostent* snag_libc_gethostbyname(const char* name) {
  return handedOut(SNAG_LIBRARY_CALL, real_gethostbyname(name), kRecord);
}
hostent* snag_libc_gethostbyaddr(const void* address, unsigned bytes, int type) {
  return handedOut(SNAG_LIBRARY_CALL, real_gethostbyaddr(address, bytes, type), kRecord);
}
servent* snag_libc_getservbyname(const char* name, const char* protocol) {
  return handedOut(SNAG_LIBRARY_CALL, real_getservbyname(name, protocol), kRecord);
}
servent* snag_libc_getservbyport(int port, const char* protocol) {
  return handedOut(SNAG_LIBRARY_CALL, real_getservbyport(port, protocol), kRecord);
}
protoent* snag_libc_getprotobyname(const char* name) {
  return handedOut(SNAG_LIBRARY_CALL, real_getprotobyname(name), kRecord);
}
protoent* snag_libc_getprotobynumber(int number) {
  return handedOut(SNAG_LIBRARY_CALL, real_getprotobynumber(number), kRecord);
}
char* snag_libc_getlogin() { return textHandedOut(SNAG_LIBRARY_CALL, real_getlogin()); }
char* snag_libc_ttyname(int descriptor) { return textHandedOut(SNAG_LIBRARY_CALL, real_ttyname(descriptor)); }
char* snag_libc_ptsname(int descriptor) { return textHandedOut(SNAG_LIBRARY_CALL, real_ptsname(descriptor)); }
