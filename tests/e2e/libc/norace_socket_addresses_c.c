// Intent: what accept, getsockname, getsockopt and recvmsg as a system call fill in is read under a lock.
// Expect: silent
// Primitive: accept, getsockname, getsockopt, recvmsg
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int listener, client;
static struct sockaddr_un own = {AF_UNIX, ""}, peer, name;
static socklen_t peerBytes = sizeof peer, nameBytes = sizeof name;
static int kind;
static socklen_t kindBytes = sizeof kind;
static char byte;
static struct iovec part = {&byte, 1};
static struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

static void* runFirst(void* unused) {
  long sum = 0;
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  sum += peer.sun_family;
  sum += name.sun_family;
  sum += kind;
  sum += byte;
  pthread_mutex_unlock(&lock);
  printf("%d\n", sum > 0);
  return unused;
}

static void* runSecond(void* unused) {
  pthread_mutex_lock(&lock);
  const int accepted = accept(listener, (struct sockaddr*)&peer, &peerBytes);
  printf("%d\n", getsockname(client, (struct sockaddr*)&name, &nameBytes));
  printf("%d\n", getsockopt(accepted, SOL_SOCKET, SO_TYPE, &kind, &kindBytes));
  printf("%ld\n", syscall(SYS_recvmsg, accepted, &message, 0));
  pthread_mutex_unlock(&lock);
  close(accepted);
  invisiblePass(&turns);
  return unused;
}

static void setUp(void) {
  struct sockaddr_un target = own;
  socklen_t targetBytes = sizeof target;
  listener = socket(AF_UNIX, SOCK_STREAM, 0);
  client = socket(AF_UNIX, SOCK_STREAM, 0);
  bind(listener, (struct sockaddr*)&own, sizeof own.sun_family);  // the system chooses the names
  bind(client, (struct sockaddr*)&own, sizeof own.sun_family);
  listen(listener, 1);
  getsockname(listener, (struct sockaddr*)&target, &targetBytes);
  connect(client, (struct sockaddr*)&target, targetBytes);
  send(client, "x", 1, 0);
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
