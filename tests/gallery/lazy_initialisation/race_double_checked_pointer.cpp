// Intent: double-checked locking on a plain pointer: the first check reads it without the lock.
// Expect: data race|double-checked locking on 'instance' at CHECK, CREATE
// Allow: data race|double-checked locking on '*' at CREATE|FIELD, USE
// Allow: data race|double-checked locking on 'instance' at CREATE, USE
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

struct Service {
  int answer;
  Service() : answer(42) {}  // RACE-FIELD
};

Service* instance = nullptr;
std::mutex instanceMutex;
InvisibleTurns turns;
int answers[2];

int askService() {
  if (instance == nullptr) {  // RACE-CHECK
    std::lock_guard<std::mutex> lock(instanceMutex);
    if (instance == nullptr) instance = new Service;  // RACE-CREATE
  }
  return instance->answer;  // RACE-USE
}

int main() {
  std::thread first([] {
    answers[0] = askService();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    answers[1] = askService();
  });
  first.join();
  second.join();
  std::printf("%d %d\n", answers[0], answers[1]);
  delete instance;
}
