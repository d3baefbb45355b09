// Intent: whoever accepts a connection, or sees it end, comes after the one who made it so.
// Expect: silent
// Primitive: socket
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

int beforeConnect = 0;
int beforeShutdown = 0;

int main() {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in place = {};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t bytes = sizeof(place);
  if (bind(listener, reinterpret_cast<sockaddr*>(&place), bytes) != 0 || listen(listener, 1) != 0) return 1;
  getsockname(listener, reinterpret_cast<sockaddr*>(&place), &bytes);
  std::thread client([&place, bytes] {
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    beforeConnect = 7;
    if (connect(connection, reinterpret_cast<sockaddr*>(&place), bytes) != 0) std::puts("not connected");
    beforeShutdown = 8;
    shutdown(connection, SHUT_WR);
  });
  std::thread server([listener] {
    int connection = accept(listener, nullptr, nullptr);
    int first = beforeConnect;
    char byte;
    ssize_t count = recv(connection, &byte, 1, 0);
    std::printf("%d, %zd %d\n", first, count, beforeShutdown);
  });
  client.join();
  server.join();
}
