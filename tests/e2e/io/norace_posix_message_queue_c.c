// Intent: A message goes through a POSIX queue after the data is written: whoever gets it comes after.
// Expect: silent
// Primitive: mq_send, mq_receive
// Languages: C C++
#define _GNU_SOURCE 1
#include <fcntl.h>
#include <mqueue.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int message;
static mqd_t queue;

static void* sendIt(void* unused) {
  message = 7;
  mq_send(queue, "hello", 6, 0);
  invisiblePass(&turns);
  return unused;
}

static void* receiveIt(void* unused) {
  char text[8];
  if (mq_receive(queue, text, sizeof text, NULL) < 0) puts("nothing received");
  invisibleAwait(&turns, 1);
  int seen = message;
  printf("%d\n", seen);
  return unused;
}

int main(void) {
  pthread_t sender, receiver;
  char name[32];
  struct mq_attr attributes = {.mq_maxmsg = 4, .mq_msgsize = 8};
  snprintf(name, sizeof name, "/snag-test-%d", (int)getpid());
  queue = mq_open(name, O_CREAT | O_RDWR, 0600, &attributes);
  mq_unlink(name);
  pthread_create(&sender, NULL, sendIt, NULL);
  pthread_create(&receiver, NULL, receiveIt, NULL);
  pthread_join(sender, NULL);
  pthread_join(receiver, NULL);
  mq_close(queue);
  return 0;
}
