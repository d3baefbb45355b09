// Intent: an epoll_wait and a poll that time out tell nothing.
// Expect: data race on 'message' at WRITE, READ
// Primitive: epoll
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
InvisibleTurns turns;

int main() {
  int epoll = epoll_create1(0);
  int never = eventfd(0, 0);
  std::thread owner([=] {
    message = 7;  // RACE-WRITE
    epoll_event event = {};
    event.events = EPOLLIN;
    epoll_ctl(epoll, EPOLL_CTL_ADD, never, &event);
    invisiblePass(&turns);
  });
  std::thread worker([=] {
    invisibleAwait(&turns, 1);
    epoll_event event = {};
    pollfd wanted = {never, POLLIN, 0};
    int ready = epoll_wait(epoll, &event, 1, 1) + poll(&wanted, 1, 1);
    std::printf("%d %d\n", ready, message);  // RACE-READ
  });
  owner.join();
  worker.join();
}
