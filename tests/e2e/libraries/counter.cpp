#include "counter.h"

#include <mutex>

namespace {

int counter = 0;
std::mutex mutex;

}  // namespace

void addToCounter(int amount) {
#ifndef RACY
  std::lock_guard<std::mutex> lock(mutex);
#endif
  counter += amount;  // RACE-ADD
}

int* counterAddress() { return &counter; }
