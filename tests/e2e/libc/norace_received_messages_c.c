// Intent: bytes, lengths, addresses and control data of received messages are read under the lock under which they came.
// Expect: silent
// Primitive: recvmmsg, recvmsg, recvfrom
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int sender, receiver;
static char texts[2][8];
static struct iovec parts[2] = {{texts[0], 8}, {texts[1], 8}};
static struct mmsghdr batch[2];
static struct sockaddr_un origin, singleOrigin;
static socklen_t originBytes = sizeof origin;
static char plainText[8];
static struct iovec plainPart = {plainText, 8};
static union {
  char bytes[CMSG_SPACE(sizeof(int))];
  struct cmsghdr align;
} control;
static struct msghdr single;

static void* runFirst(void* unused) {
  long sum = 0;
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  sum += texts[1][2];
  sum += batch[1].msg_len;
  sum += singleOrigin.sun_family;
  sum += control.align.cmsg_type;
  sum += single.msg_flags;
  sum += origin.sun_family;
  sum += originBytes;
  pthread_mutex_unlock(&lock);
  printf("%d\n", sum > 0);
  return unused;
}

static void* runSecond(void* unused) {
  pthread_mutex_lock(&lock);
  printf("%d\n", recvmmsg(receiver, batch, 2, 0, NULL));
  printf("%zd\n", recvmsg(receiver, &single, 0));
  printf("%zd\n", recvfrom(receiver, plainText, 1, 0, (struct sockaddr*)&origin, &originBytes));
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

static void setUp(void) {
  int ends[2];
  socketpair(AF_UNIX, SOCK_DGRAM, 0, ends);
  sender = ends[0];
  receiver = ends[1];
  struct sockaddr_un own = {AF_UNIX, ""};
  bind(sender, (struct sockaddr*)&own, sizeof own.sun_family);  // the system chooses a name
  for (int i = 0; i < 2; ++i) {
    batch[i].msg_hdr.msg_iov = &parts[i];
    batch[i].msg_hdr.msg_iovlen = 1;
    send(sender, "message", 8, 0);
  }
  struct msghdr message = {.msg_iov = &plainPart, .msg_iovlen = 1, .msg_control = control.bytes};
  message.msg_controllen = sizeof control.bytes;
  control.align.cmsg_level = SOL_SOCKET;
  control.align.cmsg_type = SCM_RIGHTS;
  control.align.cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(&control.align), &sender, sizeof(int));
  sendmsg(sender, &message, 0);
  send(sender, "x", 1, 0);
  single = message;
  single.msg_name = &singleOrigin;
  single.msg_namelen = sizeof singleOrigin;
}

int main(void) {
  pthread_t one, two;
  setUp();
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
