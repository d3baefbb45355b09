// Intent: threads without a visible order use the same stack memory one after the other.
// Expect: silent
#include <pthread.h>

#include <cstdio>
#include <thread>

#include "invisible.h"

InvisibleThread threads[8];
long sums[8];

__attribute__((noinline)) long useStack(int seed) {
  volatile long cells[256];
  for (int i = 0; i < 256; ++i) cells[i] = seed + i;
  long sum = 0;
  for (int i = 0; i < 256; ++i) sum += cells[i];
  return sum;
}

int main() {
  for (int i = 0; i < 8; ++i) {
    std::thread([i] {
      invisibleEnter(&threads[i]);
      sums[i] = useStack(i);
    }).detach();
    invisibleAwaitEnd(&threads[i]);
  }
  std::printf("done\n");
}
