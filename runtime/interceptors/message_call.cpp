#include "interceptors/message_call.h"

#include <stddef.h>

namespace snag {

void readsHeader(const LibraryCall& call, const msghdr& message) {
  call.reads(&message, offsetof(msghdr, msg_flags));
  call.reads(message.msg_iov, message.msg_iovlen * sizeof *message.msg_iov);
}

void readsMessage(const LibraryCall& call, const msghdr& message) {
  readsHeader(call, message);
  call.reads(message.msg_name, message.msg_namelen);
  call.reads(message.msg_control, message.msg_controllen);
  forEachPart(message.msg_iov, message.msg_iovlen, SIZE_MAX,
              [&](const void* start, size_t bytes) { call.reads(start, bytes); });
}

void writesMessage(const LibraryCall& call, const msghdr& message, socklen_t nameRoom, size_t bytes) {
  forEachPart(message.msg_iov, message.msg_iovlen, bytes,
              [&](const void* start, size_t here) { call.writes(start, here); });
  if (message.msg_name != nullptr) {
    call.writes(message.msg_name, message.msg_namelen < nameRoom ? message.msg_namelen : nameRoom);
    call.writes(&message.msg_namelen, sizeof message.msg_namelen);
  }
  call.writes(message.msg_control, message.msg_controllen);
  call.writes(&message.msg_controllen, sizeof message.msg_controllen);
  call.writes(&message.msg_flags, sizeof message.msg_flags);
}

socklen_t leastNameRoom(const mmsghdr* messages, unsigned count) {
  socklen_t least = count > 0 ? messages[0].msg_hdr.msg_namelen : 0;
  for (unsigned i = 1; i < count; ++i)
    if (messages[i].msg_hdr.msg_namelen < least) least = messages[i].msg_hdr.msg_namelen;
  return least;
}

}  // namespace snag
