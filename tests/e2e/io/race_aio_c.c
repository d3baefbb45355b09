// Intent: a buffer is changed while a request reads a file into it.
// Expect: data race on 'buffer' at REQUEST, CHANGE
// Primitive: aio
// Languages: C C++
#include <aio.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "invisible.h"

static char buffer[16];
static int file;
static InvisibleTurns turns;

static void* change(void* unused) {
  invisibleAwait(&turns, 1);
  buffer[3] = 1;  // RACE-CHANGE
  return unused;
}

int main(void) {
  char name[] = "/tmp/aioXXXXXX";
  file = mkstemp(name);
  unlink(name);
  if (write(file, "fifteen letters", 16) != 16) exit(1);
  pthread_t thread;
  pthread_create(&thread, NULL, change, NULL);
  struct aiocb request;
  memset(&request, 0, sizeof request);
  request.aio_fildes = file;
  request.aio_buf = buffer;
  request.aio_nbytes = sizeof buffer;
  aio_read(&request);  // RACE-REQUEST
  invisiblePass(&turns);
  pthread_join(thread, NULL);
  while (aio_error(&request) == EINPROGRESS) usleep(1000);
  printf("%d\n", aio_return(&request) == sizeof buffer);
}
