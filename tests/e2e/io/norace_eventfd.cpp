// Intent: an eventfd wakes the consumer, by eventfd_read, by read, and by a poll that is not followed by a read.
// Expect: silent
// Primitive: eventfd
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <thread>

int values[3];

int main() {
  int first = eventfd(0, 0), second = eventfd(0, 0), third = eventfd(0, 0);
  std::thread producer([=] {
    uint64_t one = 1;
    values[0] = 1;
    eventfd_write(first, 1);
    values[1] = 2;
    if (write(second, &one, sizeof(one)) != sizeof(one)) std::puts("nothing written");
    values[2] = 3;
    eventfd_write(third, 1);
  });
  std::thread consumer([=] {
    eventfd_t count = 0;
    eventfd_read(first, &count);
    int sum = values[0];
    if (read(second, &count, sizeof(count)) != sizeof(count)) std::puts("nothing read");
    sum += values[1];
    pollfd wanted = {third, POLLIN, 0};
    if (poll(&wanted, 1, -1) != 1) std::puts("not ready");
    std::printf("%d\n", sum + values[2]);
  });
  producer.join();
  consumer.join();
}
