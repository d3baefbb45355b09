// Intent: the check and the addition are locked one by one, so another thread adds in between: a doubled entry.
// Expect: check-then-act on 'entries' at CHECK, ADD
// Primitive: std::mutex
// Unsupported: there is no data race; lost updates between two critical sections are not looked for yet
// Reference: silent
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

#include "invisible.h"

std::vector<int> entries;
std::mutex entriesMutex;
InvisibleTurns turns;

bool contains(int wanted) {
  std::lock_guard<std::mutex> lock(entriesMutex);
  for (int entry : entries) {  // RACE-CHECK
    if (entry == wanted) return true;
  }
  return false;
}

void add(int entry) {
  std::lock_guard<std::mutex> lock(entriesMutex);
  entries.push_back(entry);  // RACE-ADD
}

void addOnce(int entry) {
  if (contains(entry)) return;
  invisibleMeet(&turns, 2);
  add(entry);
}

int main() {
  std::thread first(addOnce, 7), second(addOnce, 7);
  first.join();
  second.join();
  std::printf("%zu\n", entries.size());
}
