// Reading and writing descriptors of any kind.
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include "interceptors/io_channel.h"
#include "interceptors/real_function.h"

using namespace snag;

// What <unistd.h> makes of read() under _FORTIFY_SOURCE.
extern "C" ssize_t __read_chk(int descriptor, void* buffer, size_t bytes, size_t room);

namespace {

SNAG_REAL(read);
SNAG_REAL(__read_chk);
SNAG_REAL(readv);
SNAG_REAL(write);
SNAG_REAL(writev);
SNAG_REAL(sendfile);
SNAG_REAL(sendfile64);
SNAG_REAL(splice);
SNAG_REAL(eventfd_read);
SNAG_REAL(eventfd_write);

}  // namespace

SNAG_INTERCEPTOR ssize_t read(int descriptor, void* buffer, size_t bytes) {
  return received(descriptor, real_read(descriptor, buffer, bytes));
}

SNAG_INTERCEPTOR ssize_t __read_chk(int descriptor, void* buffer, size_t bytes, size_t room) {
  return received(descriptor, real___read_chk(descriptor, buffer, bytes, room));
}

SNAG_INTERCEPTOR ssize_t readv(int descriptor, const iovec* parts, int count) {
  return received(descriptor, real_readv(descriptor, parts, count));
}

SNAG_INTERCEPTOR ssize_t write(int descriptor, const void* buffer, size_t bytes) {
  noteSending(descriptor);
  return real_write(descriptor, buffer, bytes);
}

SNAG_INTERCEPTOR ssize_t writev(int descriptor, const iovec* parts, int count) {
  noteSending(descriptor);
  return real_writev(descriptor, parts, count);
}

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

SNAG_INTERCEPTOR int eventfd_read(int descriptor, eventfd_t* value) {
  return received(descriptor, real_eventfd_read(descriptor, value));
}

SNAG_INTERCEPTOR int eventfd_write(int descriptor, eventfd_t value) {
  noteSending(descriptor);
  return real_eventfd_write(descriptor, value);
}
