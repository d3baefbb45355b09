// Intent: what is written after an eventfd or a socket was written to belongs to nobody who has read from it.
// Expect: data race on 'counted' at WRITE-COUNTED, READ-COUNTED
// Expect: data race on 'sent' at WRITE-SENT, READ-SENT
// Primitive: eventfd, socket
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int event, ends[2], counted, sent;

static void* produce(void* unused) {
  const uint64_t one = 1;
  if (write(event, &one, sizeof one) != sizeof one) exit(1);
  if (send(ends[0], "x", 1, 0) != 1) exit(1);
  counted = 1;  // RACE-WRITE-COUNTED
  sent = 2;     // RACE-WRITE-SENT
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  uint64_t count;
  char byte;
  event = eventfd(0, 0);
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
  pthread_create(&thread, NULL, produce, NULL);
  invisibleAwait(&turns, 1);
  int sum = 0;
  if (read(event, &count, sizeof count) == sizeof count) sum += counted;  // RACE-READ-COUNTED
  if (recv(ends[1], &byte, 1, 0) == 1) sum += sent;                       // RACE-READ-SENT
  pthread_join(thread, NULL);
  printf("%d\n", sum);
  return 0;
}
