// Reading and writing descriptors of any kind.
#include <errno.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include "interceptors/io_call.h"
#include "interceptors/real_function.h"

using namespace snag;

// What <unistd.h> makes of read() and pread() under _FORTIFY_SOURCE.
extern "C" ssize_t __read_chk(int descriptor, void* buffer, size_t bytes, size_t room);
extern "C" ssize_t __pread_chk(int descriptor, void* buffer, size_t bytes, off_t offset, size_t room);
extern "C" ssize_t __pread64_chk(int descriptor, void* buffer, size_t bytes, off64_t offset, size_t room);

namespace {

SNAG_REAL(read);
SNAG_REAL(__read_chk);
SNAG_REAL(readv);
SNAG_REAL(pread);
SNAG_REAL(pread64);
SNAG_REAL(__pread_chk);
SNAG_REAL(__pread64_chk);
SNAG_REAL(preadv);
SNAG_REAL(write);
SNAG_REAL(writev);
SNAG_REAL(pwrite);
SNAG_REAL(pwrite64);
SNAG_REAL(pwritev);
SNAG_REAL(sendfile);
SNAG_REAL(sendfile64);
SNAG_REAL(splice);
SNAG_REAL(eventfd_read);
SNAG_REAL(eventfd_write);

}  // namespace

// --- in -------------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR ssize_t read(int descriptor, void* buffer, size_t bytes) {
  return receiveInto(descriptor, buffer, SNAG_LIBRARY_CALL, [&] { return real_read(descriptor, buffer, bytes); });
}

SNAG_INTERCEPTOR ssize_t __read_chk(int descriptor, void* buffer, size_t bytes, size_t room) {
  return receiveInto(descriptor, buffer, SNAG_LIBRARY_CALL,
                     [&] { return real___read_chk(descriptor, buffer, bytes, room); });
}

SNAG_INTERCEPTOR ssize_t pread(int descriptor, void* buffer, size_t bytes, off_t offset) {
  return receiveInto(descriptor, buffer, SNAG_LIBRARY_CALL,
                     [&] { return real_pread(descriptor, buffer, bytes, offset); });
}

SNAG_INTERCEPTOR ssize_t pread64(int descriptor, void* buffer, size_t bytes, off64_t offset) {
  return receiveInto(descriptor, buffer, SNAG_LIBRARY_CALL,
                     [&] { return real_pread64(descriptor, buffer, bytes, offset); });
}

SNAG_INTERCEPTOR ssize_t __pread_chk(int descriptor, void* buffer, size_t bytes, off_t offset, size_t room) {
  return receiveInto(descriptor, buffer, SNAG_LIBRARY_CALL,
                     [&] { return real___pread_chk(descriptor, buffer, bytes, offset, room); });
}

SNAG_INTERCEPTOR ssize_t __pread64_chk(int descriptor, void* buffer, size_t bytes, off64_t offset, size_t room) {
  return receiveInto(descriptor, buffer, SNAG_LIBRARY_CALL,
                     [&] { return real___pread64_chk(descriptor, buffer, bytes, offset, room); });
}

SNAG_INTERCEPTOR ssize_t readv(int descriptor, const iovec* parts, int count) {
  return receiveIntoParts(descriptor, parts, count, SNAG_LIBRARY_CALL,
                          [&] { return real_readv(descriptor, parts, count); });
}

SNAG_INTERCEPTOR ssize_t preadv(int descriptor, const iovec* parts, int count, off_t offset) {
  return receiveIntoParts(descriptor, parts, count, SNAG_LIBRARY_CALL,
                          [&] { return real_preadv(descriptor, parts, count, offset); });
}

SNAG_INTERCEPTOR int eventfd_read(int descriptor, eventfd_t* value) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  noteUse(descriptor, call);
  const int result = received(descriptor, real_eventfd_read(descriptor, value));
  if (result == 0) call.writes(value, sizeof *value);
  return result;
}

// --- out ------------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR ssize_t write(int descriptor, const void* buffer, size_t bytes) {
  return sendFrom(descriptor, buffer, bytes, SNAG_LIBRARY_CALL, [&] { return real_write(descriptor, buffer, bytes); });
}

SNAG_INTERCEPTOR ssize_t pwrite(int descriptor, const void* buffer, size_t bytes, off_t offset) {
  return sendFrom(descriptor, buffer, bytes, SNAG_LIBRARY_CALL,
                  [&] { return real_pwrite(descriptor, buffer, bytes, offset); });
}

SNAG_INTERCEPTOR ssize_t pwrite64(int descriptor, const void* buffer, size_t bytes, off64_t offset) {
  return sendFrom(descriptor, buffer, bytes, SNAG_LIBRARY_CALL,
                  [&] { return real_pwrite64(descriptor, buffer, bytes, offset); });
}

SNAG_INTERCEPTOR ssize_t writev(int descriptor, const iovec* parts, int count) {
  return sendFromParts(descriptor, parts, count, SNAG_LIBRARY_CALL,
                       [&] { return real_writev(descriptor, parts, count); });
}

SNAG_INTERCEPTOR ssize_t pwritev(int descriptor, const iovec* parts, int count, off_t offset) {
  return sendFromParts(descriptor, parts, count, SNAG_LIBRARY_CALL,
                       [&] { return real_pwritev(descriptor, parts, count, offset); });
}

SNAG_INTERCEPTOR int eventfd_write(int descriptor, eventfd_t value) {
  noteUse(descriptor, SNAG_LIBRARY_CALL);
  noteSending(descriptor);
  return real_eventfd_write(descriptor, value);
}

// --- through --------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR ssize_t sendfile(int to, int from, off_t* offset, size_t bytes) noexcept {
  noteSending(to);
  return received(from, real_sendfile(to, from, offset, bytes));
}

SNAG_INTERCEPTOR ssize_t sendfile64(int to, int from, off64_t* offset, size_t bytes) noexcept {
  noteSending(to);
  return received(from, real_sendfile64(to, from, offset, bytes));
}

SNAG_INTERCEPTOR ssize_t splice(int from, off64_t* fromOffset, int to, off64_t* toOffset, size_t bytes,
                                unsigned flags) {
  noteSending(to);
  return received(from, real_splice(from, fromOffset, to, toOffset, bytes, flags));
}
