// Intent: A message goes through a System V queue before the data is written, so nothing orders the two.
// Expect: data race on 'message' at WRITE, READ
// Primitive: msgsnd, msgrcv
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>

#include "invisible.h"

static InvisibleTurns turns;
static int message;
static int queue;
struct Letter {
  long type;
  char text[8];
};

static void* sendIt(void* unused) {
  struct Letter letter = {1, "hello"};
  msgsnd(queue, &letter, sizeof letter.text, 0);
  message = 7;  // RACE-WRITE
  invisiblePass(&turns);
  return unused;
}

static void* receiveIt(void* unused) {
  struct Letter letter;
  if (msgrcv(queue, &letter, sizeof letter.text, 1, 0) < 0) puts("nothing received");
  invisibleAwait(&turns, 1);
  int seen = message;  // RACE-READ
  printf("%d\n", seen);
  return unused;
}

int main(void) {
  pthread_t sender, receiver;
  queue = msgget(IPC_PRIVATE, 0600);
  pthread_create(&sender, NULL, sendIt, NULL);
  pthread_create(&receiver, NULL, receiveIt, NULL);
  pthread_join(sender, NULL);
  pthread_join(receiver, NULL);
  msgctl(queue, IPC_RMID, NULL);
  return 0;
}
