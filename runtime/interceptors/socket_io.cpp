// Conversations on sockets. To connect is a message as well: whoever accepts comes after it.
#include <sys/socket.h>

#include "interceptors/message_call.h"
#include "interceptors/real_function.h"

using namespace snag;

// What <sys/socket.h> makes of recv() and recvfrom() under _FORTIFY_SOURCE.
extern "C" ssize_t __recv_chk(int socket, void* buffer, size_t bytes, size_t room, int flags);
extern "C" ssize_t __recvfrom_chk(int socket, void* buffer, size_t bytes, size_t room, int flags, sockaddr* from,
                                  socklen_t* fromBytes);

namespace {

SNAG_REAL(send);
SNAG_REAL(sendto);
SNAG_REAL(sendmsg);
SNAG_REAL(sendmmsg);
SNAG_REAL(recv);
SNAG_REAL(__recv_chk);
SNAG_REAL(recvfrom);
SNAG_REAL(__recvfrom_chk);
SNAG_REAL(recvmsg);
SNAG_REAL(recvmmsg);
SNAG_REAL(bind);
SNAG_REAL(connect);
SNAG_REAL(accept);
SNAG_REAL(accept4);
SNAG_REAL(getsockname);
SNAG_REAL(getpeername);
SNAG_REAL(getsockopt);
SNAG_REAL(setsockopt);
SNAG_REAL(shutdown);

// The call has `result`; if it is no error, the address is filled in.
template <typename Result>
Result withAddress(const FilledAddress& address, Result result) {
  if (result >= 0) address.done();
  return result;
}

template <typename Real>
int acceptFrom(int socket, sockaddr* from, socklen_t* fromBytes, const LibraryCall& call, Real real) {
  const FilledAddress address(call, from, fromBytes);
  const int accepted = received(socket, static_cast<int>(callWithDescriptor(socket, call, real)));
  forgetDescriptor(accepted);
  return withAddress(address, accepted);
}

}  // namespace

// --- out ------------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR ssize_t send(int socket, const void* buffer, size_t bytes, int flags) {
  return sendFrom(socket, buffer, bytes, SNAG_LIBRARY_CALL, [&] { return real_send(socket, buffer, bytes, flags); });
}

SNAG_INTERCEPTOR ssize_t sendto(int socket, const void* buffer, size_t bytes, int flags, const sockaddr* to,
                                socklen_t toBytes) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(to, toBytes);
  return sendFrom(socket, buffer, bytes, call, [&] { return real_sendto(socket, buffer, bytes, flags, to, toBytes); });
}

SNAG_INTERCEPTOR ssize_t sendmsg(int socket, const msghdr* message, int flags) {
  return sendMessage(socket, message, SNAG_LIBRARY_CALL, [&] { return real_sendmsg(socket, message, flags); });
}

SNAG_INTERCEPTOR int sendmmsg(int socket, mmsghdr* messages, unsigned count, int flags) {
  return sendMessages(socket, messages, count, SNAG_LIBRARY_CALL,
                      [&] { return real_sendmmsg(socket, messages, count, flags); });
}

// --- in -------------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR ssize_t recv(int socket, void* buffer, size_t bytes, int flags) {
  return receiveInto(socket, buffer, SNAG_LIBRARY_CALL, [&] { return real_recv(socket, buffer, bytes, flags); }, bytes);
}

SNAG_INTERCEPTOR ssize_t __recv_chk(int socket, void* buffer, size_t bytes, size_t room, int flags) {
  return receiveInto(
      socket, buffer, SNAG_LIBRARY_CALL, [&] { return real___recv_chk(socket, buffer, bytes, room, flags); }, bytes);
}

SNAG_INTERCEPTOR ssize_t recvfrom(int socket, void* buffer, size_t bytes, int flags, sockaddr* from,
                                  socklen_t* fromBytes) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  const FilledAddress address(call, from, fromBytes);
  return withAddress(address, receiveInto(
                                  socket, buffer, call,
                                  [&] { return real_recvfrom(socket, buffer, bytes, flags, from, fromBytes); }, bytes));
}

SNAG_INTERCEPTOR ssize_t __recvfrom_chk(int socket, void* buffer, size_t bytes, size_t room, int flags, sockaddr* from,
                                        socklen_t* fromBytes) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  const FilledAddress address(call, from, fromBytes);
  return withAddress(
      address, receiveInto(
                   socket, buffer, call,
                   [&] { return real___recvfrom_chk(socket, buffer, bytes, room, flags, from, fromBytes); }, bytes));
}

SNAG_INTERCEPTOR ssize_t recvmsg(int socket, msghdr* message, int flags) {
  return receiveMessage(socket, message, SNAG_LIBRARY_CALL, [&] { return real_recvmsg(socket, message, flags); });
}

SNAG_INTERCEPTOR int recvmmsg(int socket, mmsghdr* messages, unsigned count, int flags, timespec* timeout) {
  return receiveMessages(socket, messages, count, SNAG_LIBRARY_CALL,
                         [&] { return real_recvmmsg(socket, messages, count, flags, timeout); });
}

// --- connections ----------------------------------------------------------------------------------------

SNAG_INTERCEPTOR int connect(int socket, const sockaddr* to, socklen_t toBytes) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(to, toBytes);
  noteUse(socket, call);
  noteSending(socket);
  return real_connect(socket, to, toBytes);
}

SNAG_INTERCEPTOR int accept(int socket, sockaddr* from, socklen_t* fromBytes) {
  return acceptFrom(socket, from, fromBytes, SNAG_LIBRARY_CALL, [&] { return real_accept(socket, from, fromBytes); });
}

SNAG_INTERCEPTOR int accept4(int socket, sockaddr* from, socklen_t* fromBytes, int flags) {
  return acceptFrom(socket, from, fromBytes, SNAG_LIBRARY_CALL,
                    [&] { return real_accept4(socket, from, fromBytes, flags); });
}

SNAG_INTERCEPTOR int shutdown(int socket, int how) noexcept {
  noteUse(socket, SNAG_LIBRARY_CALL);
  noteSending(socket);
  return real_shutdown(socket, how);
}

// --- what a socket is -----------------------------------------------------------------------------------

SNAG_INTERCEPTOR int bind(int socket, const sockaddr* name, socklen_t bytes) noexcept {
  SNAG_LIBRARY_CALL.reads(name, bytes);
  return real_bind(socket, name, bytes);
}

SNAG_INTERCEPTOR int getsockname(int socket, sockaddr* name, socklen_t* bytes) noexcept {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  const FilledAddress address(call, name, bytes);
  return withAddress(address, real_getsockname(socket, name, bytes));
}

SNAG_INTERCEPTOR int getpeername(int socket, sockaddr* name, socklen_t* bytes) noexcept {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  const FilledAddress address(call, name, bytes);
  return withAddress(address, real_getpeername(socket, name, bytes));
}

SNAG_INTERCEPTOR int getsockopt(int socket, int level, int option, void* value, socklen_t* bytes) noexcept {
  const int error = real_getsockopt(socket, level, option, value, bytes);
  const LibraryCall call = SNAG_LIBRARY_CALL;
  if (error != 0 || !call.isChecked()) return error;
  call.writes(value, *bytes);
  call.writes(bytes, sizeof *bytes);
  return error;
}

SNAG_INTERCEPTOR int setsockopt(int socket, int level, int option, const void* value, socklen_t bytes) noexcept {
  SNAG_LIBRARY_CALL.reads(value, bytes);
  return real_setsockopt(socket, level, option, value, bytes);
}
