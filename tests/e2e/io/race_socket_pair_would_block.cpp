// Intent: a recv that found nothing has received nothing.
// Expect: data race on 'message' at WRITE, READ
// Primitive: socket
#include <sys/socket.h>

#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
InvisibleTurns turns;

int main() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
  std::thread sender([&ends] {
    message = 7;  // RACE-WRITE
    if (send(ends[0], "m", 1, 0) != 1) std::puts("nothing sent");
    invisiblePass(&turns);
  });
  std::thread reader([&ends] {
    invisibleAwait(&turns, 1);
    char byte;
    ssize_t count = recv(ends[0], &byte, 1, MSG_DONTWAIT);
    std::printf("%zd %d\n", count, message);  // RACE-READ
  });
  sender.join();
  reader.join();
}
