// Intent: threads that are joined, detached, or still at work when the program ends are no leaks.
// Expect: silent
// Libraries: libstdc++ libc++
// Primitive: std::thread, std::async, pthread_t, thread leak
#include <pthread.h>
#include <unistd.h>

#include <cstdio>
#include <future>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;

void* workForEver(void*) {
  invisiblePass(&turns);
  for (;;) pause();
}

int main() {
  pthread_t daemon, ended;
  pthread_create(&daemon, nullptr, workForEver, nullptr);
  pthread_create(&ended, nullptr, [](void* argument) { return argument; }, nullptr);
  pthread_detach(ended);
  std::thread([] { invisiblePass(&turns); }).detach();
  std::thread([] {}).join();
  int answer = std::async(std::launch::async, [] { return 42; }).get();
  invisibleAwait(&turns, 2);
  std::printf("%d\n", answer);
}
