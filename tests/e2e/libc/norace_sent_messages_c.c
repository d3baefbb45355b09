// Intent: bytes, address and control data of messages are changed under the lock under which they are sent.
// Expect: silent
// Primitive: sendmmsg, sendmsg, sendto
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
static char texts[2][8] = {"first", "second"};
static struct iovec parts[2] = {{texts[0], 6}, {texts[1], 7}};
static struct mmsghdr batch[2];
static struct sockaddr_un target, connected, otherTarget;
static socklen_t targetBytes = sizeof target;
static char plainText[4] = "abc";
static struct iovec plainPart = {plainText, 4};
static union {
  char bytes[CMSG_SPACE(sizeof(int))];
  struct cmsghdr align;
} control;
static struct msghdr single;

static void* runFirst(void* unused) {
  pthread_mutex_lock(&lock);
  texts[1][1] = 'E';
  target.sun_path[1] = otherTarget.sun_path[1];
  control.align.cmsg_type = SCM_RIGHTS;
  connected.sun_family = AF_UNIX;
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  printf("%d\n", sendmmsg(sender, batch, 2, 0));
  printf("%zd\n", sendmsg(sender, &single, 0));
  printf("%zd\n", sendto(sender, "x", 1, 0, (struct sockaddr*)&target, targetBytes));
  printf("%d\n", connect(sender, (struct sockaddr*)&connected, targetBytes));
  pthread_mutex_unlock(&lock);
  return unused;
}

static void setUp(void) {
  target.sun_family = AF_UNIX;
  sender = socket(AF_UNIX, SOCK_DGRAM, 0);
  receiver = socket(AF_UNIX, SOCK_DGRAM, 0);
  bind(receiver, (struct sockaddr*)&target, sizeof target.sun_family);  // the system chooses a name
  getsockname(receiver, (struct sockaddr*)&target, &targetBytes);
  connected = otherTarget = target;
  for (int i = 0; i < 2; ++i) {
    batch[i].msg_hdr.msg_name = &otherTarget;
    batch[i].msg_hdr.msg_namelen = targetBytes;
    batch[i].msg_hdr.msg_iov = &parts[i];
    batch[i].msg_hdr.msg_iovlen = 1;
  }
  control.align.cmsg_level = SOL_SOCKET;
  control.align.cmsg_type = SCM_RIGHTS;
  control.align.cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(&control.align), &receiver, sizeof(int));
  single = batch[0].msg_hdr;
  single.msg_iov = &plainPart;
  single.msg_control = control.bytes;
  single.msg_controllen = sizeof control.bytes;
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
