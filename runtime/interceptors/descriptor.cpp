// The ends of descriptors. The last writer's close is a message: the reader gets the end of the stream.
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "interceptors/descriptor_use.h"
#include "interceptors/file_lock.h"
#include "interceptors/handler_frame.h"
#include "interceptors/io_channel.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

namespace {

SNAG_REAL(close);
SNAG_REAL(close_range);
SNAG_REAL(closefrom);
SNAG_REAL(dup2);
SNAG_REAL(dup3);
SNAG_REAL(fclose);

void ending(int descriptor, const LibraryCall& call) {
  noteClosing(descriptor, call);
  if (releasesFileLocks()) noteFileUnlocking(descriptor);
  noteSending(descriptor);
  forgetKind(descriptor);
}

}  // namespace

SNAG_INTERCEPTOR int close(int descriptor) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  ending(descriptor, call);
  const int result = real_close(descriptor);
  if (result < 0 && errno == EBADF) noteBadUse(descriptor, call);
  return result;
}

SNAG_INTERCEPTOR int close_range(unsigned first, unsigned last, int flags) noexcept {
  noteSending();
  forgetDescriptors(first, last);
  return real_close_range(first, last, flags);
}

SNAG_INTERCEPTOR void closefrom(int first) noexcept {
  noteSending();
  forgetDescriptors(first < 0 ? 0 : static_cast<unsigned>(first), ~0u);
  real_closefrom(first);
}

SNAG_INTERCEPTOR int dup2(int from, int to) noexcept {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  noteUse(from, call);
  if (from != to) ending(to, call);
  return real_dup2(from, to);
}

SNAG_INTERCEPTOR int dup3(int from, int to, int flags) noexcept {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  noteUse(from, call);
  if (from != to) ending(to, call);
  return real_dup3(from, to, flags);
}

// libc closes the descriptor behind our back. A stream without one says -1.
SNAG_INTERCEPTOR int fclose(FILE* stream) {
  noteUnsafeCall("fclose", SNAG_CALLER);
  ending(stream->_fileno, SNAG_LIBRARY_CALL);
  noteRelease(stream);
  return real_fclose(stream);
}
