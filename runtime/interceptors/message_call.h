// The memory of a message besides its bytes: header, address and control data. What a call sends is read before the
// message goes; what it receives is written after the message came. Nothing is looked at for unchecked callers.
#ifndef SNAG_INTERCEPTORS_MESSAGE_CALL_H
#define SNAG_INTERCEPTORS_MESSAGE_CALL_H

#include <sys/socket.h>

#include "interceptors/io_call.h"

namespace snag {

// An address that a call fills in, cut off at the room that its caller offered.
class FilledAddress {
 public:
  FilledAddress(const LibraryCall& call, const sockaddr* name, const socklen_t* bytes)
      : call_(call), name_(name), bytes_(bytes), room_(isWanted() ? *bytes : 0) {}

  // The call has succeeded.
  void done() const {
    if (!isWanted()) return;
    call_.writes(name_, *bytes_ < room_ ? *bytes_ : room_);
    call_.writes(bytes_, sizeof *bytes_);
  }

 private:
  bool isWanted() const { return call_.isChecked() && name_ != nullptr && bytes_ != nullptr; }

  const LibraryCall& call_;
  const sockaddr* const name_;
  const socklen_t* const bytes_;
  const socklen_t room_;
};

// What the caller says about the message: all of the header but the flags, which are an answer.
void readsHeader(const LibraryCall& call, const msghdr& message);
// All that is sent of the message.
void readsMessage(const LibraryCall& call, const msghdr& message);
// A message of that many bytes was received. The header is as the call left it; `nameRoom` is the msg_namelen before.
void writesMessage(const LibraryCall& call, const msghdr& message, socklen_t nameRoom, size_t bytes);
// Of these messages the least room for an address: what of an address is certain to have been written.
socklen_t leastNameRoom(const mmsghdr* messages, unsigned count);

template <typename Real>
ssize_t sendMessage(int socket, const msghdr* message, const LibraryCall& call, Real real) {
  if (call.isChecked() && message != nullptr) readsMessage(call, *message);
  noteSending(socket);
  return callWithDescriptor(socket, call, real);
}

template <typename Real>
ssize_t receiveMessage(int socket, const msghdr* message, const LibraryCall& call, Real real) {
  const bool isChecked = call.isChecked() && message != nullptr;
  if (isChecked) readsHeader(call, *message);
  const socklen_t nameRoom = isChecked ? message->msg_namelen : 0;
  const ssize_t result = received(socket, callWithDescriptor(socket, call, real));
  if (isChecked && result >= 0) writesMessage(call, *message, nameRoom, static_cast<size_t>(result));
  return result;
}

template <typename Real>
int sendMessages(int socket, const mmsghdr* messages, unsigned count, const LibraryCall& call, Real real) {
  constexpr unsigned kMost = 1024;  // the kernel looks at no more
  const unsigned offered = call.isChecked() && messages != nullptr ? (count < kMost ? count : kMost) : 0;
  for (unsigned i = 0; i < offered; ++i) readsMessage(call, messages[i].msg_hdr);
  noteSending(socket);
  const int sent = static_cast<int>(callWithDescriptor(socket, call, real));
  for (unsigned i = 0; i < offered && static_cast<int>(i) < sent; ++i)
    call.writes(&messages[i].msg_len, sizeof messages[i].msg_len);
  return sent;
}

template <typename Real>
int receiveMessages(int socket, const mmsghdr* messages, unsigned count, const LibraryCall& call, Real real) {
  const bool isChecked = call.isChecked() && messages != nullptr;
  const socklen_t nameRoom = isChecked ? leastNameRoom(messages, count) : 0;
  const int got = received(socket, static_cast<int>(callWithDescriptor(socket, call, real)));
  for (int i = 0; isChecked && i < got; ++i) {
    readsHeader(call, messages[i].msg_hdr);
    writesMessage(call, messages[i].msg_hdr, nameRoom, messages[i].msg_len);
    call.writes(&messages[i].msg_len, sizeof messages[i].msg_len);
  }
  return got;
}

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_MESSAGE_CALL_H
