// Intent: of a long message one byte is stored, although recv tells how long it was; others use what lies behind the byte.
// Expect: silent
// Primitive: recv, recvfrom
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>

#include "invisible.h"

static InvisibleTurns turns;
static int ends[2];
static char bytes[8];

static void* runFirst(void* unused) {
  bytes[1] = 'a';
  bytes[2] = 'b';
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%zd\n", recv(ends[1], bytes, 1, MSG_TRUNC));
  printf("%zd\n", recvfrom(ends[1], bytes, 1, MSG_TRUNC, NULL, NULL));
  return unused;
}

int main(void) {
  socketpair(AF_UNIX, SOCK_DGRAM, 0, ends);
  for (int i = 0; i < 2; ++i) send(ends[0], "message", 8, 0);
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
