// Conversations on sockets. To connect is a message as well: whoever accepts comes after it.
#include <sys/socket.h>

#include "interceptors/io_call.h"
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
SNAG_REAL(connect);
SNAG_REAL(accept);
SNAG_REAL(accept4);
SNAG_REAL(shutdown);

}  // namespace

SNAG_INTERCEPTOR ssize_t send(int socket, const void* buffer, size_t bytes, int flags) {
  return sendFrom(socket, buffer, bytes, SNAG_LIBRARY_CALL, [&] { return real_send(socket, buffer, bytes, flags); });
}

SNAG_INTERCEPTOR ssize_t sendto(int socket, const void* buffer, size_t bytes, int flags, const sockaddr* to,
                                socklen_t toBytes) {
  return sendFrom(socket, buffer, bytes, SNAG_LIBRARY_CALL,
                  [&] { return real_sendto(socket, buffer, bytes, flags, to, toBytes); });
}

SNAG_INTERCEPTOR ssize_t sendmsg(int socket, const msghdr* message, int flags) {
  return sendFromParts(socket, message->msg_iov, static_cast<int>(message->msg_iovlen), SNAG_LIBRARY_CALL,
                       [&] { return real_sendmsg(socket, message, flags); });
}

SNAG_INTERCEPTOR int sendmmsg(int socket, mmsghdr* messages, unsigned count, int flags) {
  noteSending(socket);
  return real_sendmmsg(socket, messages, count, flags);
}

SNAG_INTERCEPTOR ssize_t recv(int socket, void* buffer, size_t bytes, int flags) {
  return receiveInto(socket, buffer, SNAG_LIBRARY_CALL, [&] { return real_recv(socket, buffer, bytes, flags); });
}

SNAG_INTERCEPTOR ssize_t __recv_chk(int socket, void* buffer, size_t bytes, size_t room, int flags) {
  return receiveInto(socket, buffer, SNAG_LIBRARY_CALL,
                     [&] { return real___recv_chk(socket, buffer, bytes, room, flags); });
}

SNAG_INTERCEPTOR ssize_t recvfrom(int socket, void* buffer, size_t bytes, int flags, sockaddr* from,
                                  socklen_t* fromBytes) {
  return receiveInto(socket, buffer, SNAG_LIBRARY_CALL,
                     [&] { return real_recvfrom(socket, buffer, bytes, flags, from, fromBytes); });
}

SNAG_INTERCEPTOR ssize_t __recvfrom_chk(int socket, void* buffer, size_t bytes, size_t room, int flags, sockaddr* from,
                                        socklen_t* fromBytes) {
  return receiveInto(socket, buffer, SNAG_LIBRARY_CALL,
                     [&] { return real___recvfrom_chk(socket, buffer, bytes, room, flags, from, fromBytes); });
}

SNAG_INTERCEPTOR ssize_t recvmsg(int socket, msghdr* message, int flags) {
  return receiveIntoParts(socket, message->msg_iov, static_cast<int>(message->msg_iovlen), SNAG_LIBRARY_CALL,
                          [&] { return real_recvmsg(socket, message, flags); });
}

SNAG_INTERCEPTOR int recvmmsg(int socket, mmsghdr* messages, unsigned count, int flags, timespec* timeout) {
  return received(socket, real_recvmmsg(socket, messages, count, flags, timeout));
}

SNAG_INTERCEPTOR int connect(int socket, const sockaddr* to, socklen_t toBytes) {
  noteUse(socket, SNAG_LIBRARY_CALL);
  noteSending(socket);
  return real_connect(socket, to, toBytes);
}

SNAG_INTERCEPTOR int accept(int socket, sockaddr* from, socklen_t* fromBytes) {
  const int accepted = received(socket, static_cast<int>(callWithDescriptor(socket, SNAG_LIBRARY_CALL, [&] {
                                  return real_accept(socket, from, fromBytes);
                                })));
  forgetDescriptor(accepted);
  return accepted;
}

SNAG_INTERCEPTOR int accept4(int socket, sockaddr* from, socklen_t* fromBytes, int flags) {
  const int accepted = received(socket, static_cast<int>(callWithDescriptor(socket, SNAG_LIBRARY_CALL, [&] {
                                  return real_accept4(socket, from, fromBytes, flags);
                                })));
  forgetDescriptor(accepted);
  return accepted;
}

SNAG_INTERCEPTOR int shutdown(int socket, int how) noexcept {
  noteUse(socket, SNAG_LIBRARY_CALL);
  noteSending(socket);
  return real_shutdown(socket, how);
}
