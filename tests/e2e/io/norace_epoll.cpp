// Intent: what was prepared before epoll_ctl belongs to the thread whose epoll_wait returns it; so does what was written
// before the event, even if the event is not read.
// Expect: silent
// Primitive: epoll
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdio>
#include <thread>


struct Task {
  int prepared = 0;
  int delivered = 0;
};


int main() {
  int epoll = epoll_create1(0);
  int ready = eventfd(1, 0);
  int later = eventfd(0, 0);
  Task tasks[2];
  std::thread owner([&, epoll] {
    for (int i = 0; i < 2; ++i) {
      tasks[i].prepared = 3 + i;
      epoll_event event = {};
      event.events = EPOLLIN | EPOLLET;
      event.data.ptr = &tasks[i];
      epoll_ctl(epoll, EPOLL_CTL_ADD, i == 0 ? ready : later, &event);
    }
    tasks[1].delivered = 5;
    eventfd_write(later, 1);
  });
  std::thread worker([epoll] {
    int sum = 0;
    for (int seen = 0; seen < 2; ++seen) {
      epoll_event event = {};
      if (epoll_wait(epoll, &event, 1, -1) != 1) std::puts("no event");
      Task* task = static_cast<Task*>(event.data.ptr);
      sum += task->prepared + task->delivered;
    }
    std::printf("%d\n", sum);
  });
  owner.join();
  worker.join();
}
