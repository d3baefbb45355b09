// Intent: a try_lock that failed protects nothing, and teaches nothing about the owner's past.
// Expect: lost update on 'counter' at OWNER, INTRUDER
// Primitive: std::mutex
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

int counter = 0;
std::mutex counterMutex;
InvisibleTurns turns;

void own() {
  std::lock_guard<std::mutex> lock(counterMutex);
  counter += 1;  // RACE-OWNER
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
}

void intrude() {
  invisibleAwait(&turns, 1);
  bool locked = counterMutex.try_lock();
  counter += 1;  // RACE-INTRUDER
  if (locked) counterMutex.unlock();
  invisiblePass(&turns);
}

int main() {
  std::thread first(own), second(intrude);
  first.join();
  second.join();
  std::printf("%d\n", counter);
}
