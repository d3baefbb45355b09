// Intent: the routine of std::call_once throws on one thread and is run again on another, which goes on with its work.
// Expect: silent
// Primitive: std::call_once, pthread_once, exceptions through foreign frames
// Reference: does not know that an execution that throws comes before the next
#include <pthread.h>

#include <cstdio>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "invisible.h"

std::once_flag flag;
pthread_once_t control = PTHREAD_ONCE_INIT;
int attempts = 0, posixAttempts = 0;
InvisibleTurns turns;

void initialise() {
  attempts += 1;
  if (attempts == 1) throw std::runtime_error("not yet");
}

void initialisePosix() {
  posixAttempts += 1;
  if (posixAttempts == 1) throw std::runtime_error("not yet");
}

int failures[2];

void tryOnce(int self) {
  try {
    std::call_once(flag, initialise);
  } catch (const std::runtime_error&) {
    failures[self] += 1;
  }
  try {
    pthread_once(&control, initialisePosix);
  } catch (const std::runtime_error&) {
    failures[self] += 1;
  }
}

int main() {
  std::thread first([] {
    tryOnce(0);
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    tryOnce(1);
  });
  first.join();
  second.join();
  std::printf("%d %d %d %d\n", attempts, posixAttempts, failures[0], failures[1]);
}
