// What every call that moves bytes through a descriptor is made of: a use of the descriptor, an access to the caller's
// buffer, and an edge. What is sent is read before the message goes; what is received is written after it came.
#ifndef SNAG_INTERCEPTORS_IO_CALL_H
#define SNAG_INTERCEPTORS_IO_CALL_H

#include <errno.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "interceptors/descriptor_use.h"
#include "interceptors/handler_frame.h"
#include "interceptors/io_channel.h"
#include "interceptors/library_call.h"

namespace snag {

// The first `bytes` bytes of the parts.
template <typename Note>
void forEachPart(const iovec* parts, size_t count, size_t bytes, Note note) {
  for (size_t i = 0; i < count && bytes > 0; ++i) {
    const size_t here = parts[i].iov_len < bytes ? parts[i].iov_len : bytes;
    note(parts[i].iov_base, here);
    bytes -= here;
  }
}

// Makes the call; it may wait, and signals that arrive meanwhile interrupt nothing else.
template <typename Real>
ssize_t callWithDescriptor(int descriptor, const LibraryCall& call, Real real) {
  noteUse(descriptor, call);
  SafePoint point;
  const ssize_t result = real();
  if (result < 0 && errno == EBADF) noteBadUse(descriptor, call);
  return result;
}

// `room`: with MSG_TRUNC, a socket tells how long the message was, not how much of it was stored.
template <typename Real>
ssize_t receiveInto(int descriptor, void* buffer, const LibraryCall& call, Real real, size_t room = SIZE_MAX) {
  const ssize_t result = received(descriptor, callWithDescriptor(descriptor, call, real));
  if (result > 0) call.writes(buffer, static_cast<size_t>(result) < room ? static_cast<size_t>(result) : room);
  return result;
}

template <typename Real>
ssize_t receiveIntoParts(int descriptor, const iovec* parts, int count, const LibraryCall& call, Real real) {
  const ssize_t result = received(descriptor, callWithDescriptor(descriptor, call, real));
  if (result > 0)
    forEachPart(parts, static_cast<size_t>(count), static_cast<size_t>(result),
                [&](void* start, size_t bytes) { call.writes(start, bytes); });
  return result;
}

template <typename Real>
ssize_t sendFrom(int descriptor, const void* buffer, size_t bytes, const LibraryCall& call, Real real) {
  call.reads(buffer, bytes);
  noteSending(descriptor);
  return callWithDescriptor(descriptor, call, real);
}

template <typename Real>
ssize_t sendFromParts(int descriptor, const iovec* parts, int count, const LibraryCall& call, Real real) {
  if (count > 0)
    forEachPart(parts, static_cast<size_t>(count), SIZE_MAX,
                [&](const void* start, size_t bytes) { call.reads(start, bytes); });
  noteSending(descriptor);
  return callWithDescriptor(descriptor, call, real);
}

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_IO_CALL_H
