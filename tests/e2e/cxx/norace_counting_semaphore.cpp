// Intent: tokens of a counting_semaphore carry what was written before the release.
// Primitive: std::counting_semaphore
// Libraries: libstdc++ libc++-static
// Expect: silent
#include <chrono>
#include <cstdio>
#include <semaphore>
#include <thread>

#include "invisible.h"

std::counting_semaphore<4> tokens{0};
int uses = 0;

int main() {
  std::thread other([] {
    uses = 1;
    tokens.release();
    tokens.release(2);
  });
  tokens.acquire();
  uses += 1;
  while (!tokens.try_acquire()) std::this_thread::yield();
  if (!tokens.try_acquire_for(std::chrono::seconds(60))) return 1;
  other.join();
  std::printf("%d\n", uses);
}
