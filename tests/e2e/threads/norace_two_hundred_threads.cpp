// Intent: two hundred threads at once, meeting under one lock.
// Expect: silent
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

#include "invisible.h"

std::mutex mutex;
long sum = 0;
InvisibleTurns turns;

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 200; ++i) {
    threads.emplace_back([i] {
      invisibleMeet(&turns, 200);
      for (int round = 0; round < 5; ++round) {
        std::lock_guard<std::mutex> lock(mutex);
        sum += i;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%ld\n", sum);
}
