// Intent: a thread has ended, and nobody has joined or detached it when the program ends.
// Expect: thread leak on 'worker' at CREATE
// Libraries: libstdc++ libc++
// Primitive: thread names, thread leak
#include <pthread.h>
#include <sys/prctl.h>

#include <cstdio>

#include "invisible.h"

InvisibleThread first;

void* work(void* unused) {
  prctl(PR_SET_NAME, "worker");
  if (unused != nullptr) invisibleEnter(&first);
  return unused;
}

int main() {
  pthread_t leaked, joined;
  pthread_create(&leaked, nullptr, work, &first);  // RACE-CREATE
  invisibleAwaitEnd(&first);
  pthread_create(&joined, nullptr, work, nullptr);
  pthread_join(joined, nullptr);
  std::printf("done\n");
}
