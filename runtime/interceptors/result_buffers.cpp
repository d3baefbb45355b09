// Functions that fill a structure or a buffer of their caller, and files and directories that they open.
#include <dirent.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "interceptors/io_channel.h"
#include "interceptors/library_call.h"

using namespace snag;

namespace {

[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<size_t(const char*)> real_strlen{
    {"strlen", nullptr, nullptr}};

char* filled(const LibraryCall& call, char* text) {
  if (text != nullptr && call.isChecked()) call.writes(text, real_strlen(text) + 1);
  return text;
}
template <typename Result, typename Buffer>
Result filled(const LibraryCall& call, Result result, Buffer* buffer) {
  if (result >= 0 && buffer != nullptr) call.writes(buffer, sizeof *buffer);
  return result;
}

}  // namespace

// Fills *out on success.
#define SNAG_FILLS(type, name, parameters, arguments, out) \
  type snag_libc_##name parameters { return filled(SNAG_LIBRARY_CALL, real_##name arguments, out); }

SNAG_LIBRARY_FUNCTION(int, stat, const char*, struct stat*)
SNAG_LIBRARY_FUNCTION(int, lstat, const char*, struct stat*)
SNAG_LIBRARY_FUNCTION(int, fstat, int, struct stat*)
SNAG_LIBRARY_FUNCTION(int, fstatat, int, const char*, struct stat*, int)
SNAG_LIBRARY_FUNCTION(int, gettimeofday, timeval*, void*)
SNAG_LIBRARY_FUNCTION(int, clock_gettime, clockid_t, timespec*)
SNAG_LIBRARY_FUNCTION(int, clock_getres, clockid_t, timespec*)
SNAG_LIBRARY_FUNCTION(time_t, time, time_t*)
SNAG_LIBRARY_FUNCTION(int, uname, utsname*)
SNAG_LIBRARY_FUNCTION(int, getrusage, int, rusage*)
SNAG_LIBRARY_FUNCTION(int, getrlimit, int, rlimit*)
SNAG_LIBRARY_FUNCTION(clock_t, times, tms*)
SNAG_LIBRARY_FUNCTION(char*, getcwd, char*, size_t)
SNAG_LIBRARY_FUNCTION(char*, realpath, const char*, char*)
SNAG_LIBRARY_FUNCTION(ssize_t, readlink, const char*, char*, size_t)
SNAG_LIBRARY_FUNCTION(int, gethostname, char*, size_t)
SNAG_LIBRARY_FUNCTION(size_t, strftime, char*, size_t, const char*, const tm*)
SNAG_LIBRARY_FUNCTION(int, getaddrinfo, const char*, const char*, const addrinfo*, addrinfo**)
SNAG_LIBRARY_FUNCTION(dirent*, readdir, DIR*)
SNAG_LIBRARY_FUNCTION(void, qsort, void*, size_t, size_t, int (*)(const void*, const void*))
SNAG_LIBRARY_FUNCTION(int, pipe, int*)
SNAG_LIBRARY_FUNCTION(int, pipe2, int*, int)
SNAG_LIBRARY_FUNCTION(int, socketpair, int, int, int, int*)
SNAG_LIBRARY_FUNCTION(int, socket, int, int, int)
SNAG_LIBRARY_FUNCTION(int, dup, int)
SNAG_LIBRARY_FUNCTION(int, eventfd, unsigned, int)
SNAG_LIBRARY_FUNCTION(int, epoll_create1, int)
SNAG_LIBRARY_FUNCTION(int, timerfd_create, int, int)
SNAG_LIBRARY_FUNCTION(int, closedir, DIR*)

SNAG_FILLS(int, stat, (const char* path, struct stat* out), (path, out), out)
SNAG_FILLS(int, lstat, (const char* path, struct stat* out), (path, out), out)
SNAG_FILLS(int, fstat, (int file, struct stat* out), (file, out), out)
SNAG_FILLS(int, fstatat, (int folder, const char* path, struct stat* out, int flags), (folder, path, out, flags), out)
SNAG_FILLS(int, gettimeofday, (timeval * out, void* zone), (out, zone), out)
SNAG_FILLS(int, clock_gettime, (clockid_t clock, timespec* out), (clock, out), out)
SNAG_FILLS(int, clock_getres, (clockid_t clock, timespec* out), (clock, out), out)
SNAG_FILLS(time_t, time, (time_t* out), (out), out)
SNAG_FILLS(int, uname, (utsname * out), (out), out)
SNAG_FILLS(int, getrusage, (int who, rusage* out), (who, out), out)
SNAG_FILLS(int, getrlimit, (int resource, rlimit* out), (resource, out), out)
SNAG_FILLS(clock_t, times, (tms * out), (out), out)

char* snag_libc_getcwd(char* buffer, size_t room) { return filled(SNAG_LIBRARY_CALL, real_getcwd(buffer, room)); }
char* snag_libc_realpath(const char* path, char* buffer) {
  return filled(SNAG_LIBRARY_CALL, real_realpath(path, buffer));
}
ssize_t snag_libc_readlink(const char* path, char* buffer, size_t room) {
  const ssize_t length = real_readlink(path, buffer, room);
  if (length > 0) SNAG_LIBRARY_CALL.writes(buffer, static_cast<size_t>(length));
  return length;
}
int snag_libc_gethostname(char* buffer, size_t room) {
  const int error = real_gethostname(buffer, room);
  if (error == 0) SNAG_LIBRARY_CALL.writes(buffer, real_strlen(buffer) + 1);
  return error;
}
size_t snag_libc_strftime(char* buffer, size_t room, const char* format, const tm* time) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(time, sizeof *time);
  const size_t length = real_strftime(buffer, room, format, time);
  if (length > 0) call.writes(buffer, length + 1);
  return length;
}
int snag_libc_getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** out) {
  const int error = real_getaddrinfo(node, service, hints, out);
  if (error == 0) SNAG_LIBRARY_CALL.writes(out, sizeof *out);
  return error;
}
// The entry lies in the directory's own buffer.
dirent* snag_libc_readdir(DIR* directory) {
  dirent* entry = real_readdir(directory);
  if (entry != nullptr) SNAG_LIBRARY_CALL.writes(entry, entry->d_reclen);
  return entry;
}
int snag_libc_closedir(DIR* directory) {
  forgetDescriptor(dirfd(directory));
  return real_closedir(directory);
}
// What the comparison reads is checked where it does; what is moved is not.
void snag_libc_qsort(void* start, size_t count, size_t size, int (*compare)(const void*, const void*)) {
  if (count > 1) SNAG_LIBRARY_CALL.writes(start, count * size);
  real_qsort(start, count, size, compare);
}

// --- new descriptors ------------------------------------------------------------------------------------

namespace {

int made(int descriptor) {
  if (descriptor >= 0) forgetDescriptor(descriptor);
  return descriptor;
}
int madeTwo(const LibraryCall& call, int error, int* pair) {
  if (error != 0) return error;
  made(pair[0]);
  made(pair[1]);
  call.writes(pair, 2 * sizeof *pair);
  return 0;
}

}  // namespace

int snag_libc_pipe(int* ends) { return madeTwo(SNAG_LIBRARY_CALL, real_pipe(ends), ends); }
int snag_libc_pipe2(int* ends, int flags) { return madeTwo(SNAG_LIBRARY_CALL, real_pipe2(ends, flags), ends); }
int snag_libc_socketpair(int domain, int type, int protocol, int* pair) {
  return madeTwo(SNAG_LIBRARY_CALL, real_socketpair(domain, type, protocol, pair), pair);
}
int snag_libc_socket(int domain, int type, int protocol) { return made(real_socket(domain, type, protocol)); }
int snag_libc_dup(int descriptor) { return made(real_dup(descriptor)); }
int snag_libc_eventfd(unsigned value, int flags) { return made(real_eventfd(value, flags)); }
int snag_libc_epoll_create1(int flags) { return made(real_epoll_create1(flags)); }
int snag_libc_timerfd_create(int clock, int flags) { return made(real_timerfd_create(clock, flags)); }

using Open = int(const char*, int, mode_t);
using OpenAt = int(int, const char*, int, mode_t);
[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<Open> real_open{{"open", nullptr, nullptr}};
[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<Open> real_open64{{"open64", nullptr, nullptr}};
[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<OpenAt> real_openat{{"openat", nullptr, nullptr}};
SNAG_VARIADIC(open, const char*, int)
SNAG_VARIADIC(open64, const char*, int)
SNAG_VARIADIC(openat, int, const char*, int)

int snag_libc_open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return made(real_open(path, flags, mode));
}
int snag_libc_open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return made(real_open64(path, flags, mode));
}
int snag_libc_openat(int folder, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return made(real_openat(folder, path, flags, mode));
}
