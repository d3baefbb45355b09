// Intent: what was written before an eventfd or a socket was written to belongs to who has read from it.
// Expect: silent
// Primitive: eventfd, socket
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

static int event, ends[2], counted, sent;

static void* produce(void* unused) {
  const uint64_t one = 1;
  counted = 1;
  if (write(event, &one, sizeof one) != sizeof one) exit(1);
  sent = 2;
  if (send(ends[0], "x", 1, 0) != 1) exit(1);
  return unused;
}

int main(void) {
  pthread_t thread;
  uint64_t count;
  char byte;
  event = eventfd(0, 0);
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
  pthread_create(&thread, NULL, produce, NULL);
  int sum = 0;
  if (read(event, &count, sizeof count) == sizeof count) sum += counted;
  if (recv(ends[1], &byte, 1, 0) == 1) sum += sent;
  pthread_join(thread, NULL);
  printf("%d\n", sum);
  return 0;
}
