// Intent: every call that sends and every call that receives hands the token, and with it the counter, to and fro.
// Expect: silent
// Primitive: socket
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

constexpr int kWays = 6;
int counter = 0;

bool sendBy(int way, int socket) {
  char token = char('a' + way);
  iovec part = {&token, 1};
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  switch (way) {
    case 0: return write(socket, &token, 1) == 1;
    case 1: return writev(socket, &part, 1) == 1;
    case 2: return send(socket, &token, 1, 0) == 1;
    case 3: return sendto(socket, &token, 1, 0, nullptr, 0) == 1;
    case 4: return sendmsg(socket, &message, 0) == 1;
  }
  mmsghdr batch = {message, 0};
  return sendmmsg(socket, &batch, 1, 0) == 1 && batch.msg_len == 1;
}

bool receiveBy(int way, int socket) {
  char token = 0;
  iovec part = {&token, 1};
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  switch (way) {
    case 0: return read(socket, &token, 1) == 1;
    case 1: return readv(socket, &part, 1) == 1;
    case 2: return recv(socket, &token, 1, 0) == 1;
    case 3: return recvfrom(socket, &token, 1, 0, nullptr, nullptr) == 1;
    case 4: return recvmsg(socket, &message, 0) == 1;
  }
  mmsghdr batch = {message, 0};
  return recvmmsg(socket, &batch, 1, 0, nullptr) == 1 && batch.msg_len == 1;
}

int main() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
  std::thread first([&ends] {
    for (int i = 0; i < kWays * kWays; ++i) {
      counter += 1;
      if (!sendBy(i % kWays, ends[0]) || !receiveBy(i / kWays, ends[0])) std::puts("broken");
    }
  });
  std::thread second([&ends] {
    for (int i = 0; i < kWays * kWays; ++i) {
      if (!receiveBy(i / kWays, ends[1])) std::puts("broken");
      counter += 1;
      if (!sendBy(i % kWays, ends[1])) std::puts("broken");
    }
  });
  first.join();
  second.join();
  std::printf("%d\n", counter);
}
