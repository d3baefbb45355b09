// Intent: bytes, address and control data of messages are changed while another thread sends them.
// Expect: data race on '*' at TEXT, BATCH
// Expect: data race on '*' at TARGET, SENDTO
// Expect: data race on '*' at CONTROL, SINGLE
// Expect: data race on '*' at FAMILY, CONNECT
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
  texts[1][1] = 'E';  // RACE-TEXT
  target.sun_path[1] = otherTarget.sun_path[1];  // RACE-TARGET
  control.align.cmsg_type = SCM_RIGHTS;  // RACE-CONTROL
  connected.sun_family = AF_UNIX;  // RACE-FAMILY
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", sendmmsg(sender, batch, 2, 0));  // RACE-BATCH
  printf("%zd\n", sendmsg(sender, &single, 0));  // RACE-SINGLE
  printf("%zd\n", sendto(sender, "x", 1, 0, (struct sockaddr*)&target, targetBytes));  // RACE-SENDTO
  printf("%d\n", connect(sender, (struct sockaddr*)&connected, targetBytes));  // RACE-CONNECT
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
