// Intent: a task is changed after it was handed to the epoll instance, while a worker already has it.
// Expect: data race on 'Task::state|tasks|task' at CHANGE, USE
// Primitive: epoll
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <cstdio>
#include <thread>

#include "invisible.h"

struct Task {
  int state = 0;
};

InvisibleTurns turns;

int main() {
  int epoll = epoll_create1(0);
  int ready = eventfd(1, 0);
  auto* task = new Task;
  std::thread owner([=] {
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.ptr = task;
    epoll_ctl(epoll, EPOLL_CTL_ADD, ready, &event);
    task->state = 3;  // RACE-CHANGE
    invisiblePass(&turns);
  });
  std::thread worker([epoll] {
    epoll_event event = {};
    if (epoll_wait(epoll, &event, 1, -1) != 1) std::puts("no event");
    invisibleAwait(&turns, 1);
    std::printf("%d\n", static_cast<Task*>(event.data.ptr)->state);  // RACE-USE
  });
  owner.join();
  worker.join();
  delete task;
}
