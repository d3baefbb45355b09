// Intent: phases of a barrier with a completion function, a thread that drops out, and tokens.
// Primitive: std::barrier
// Libraries: libstdc++ libc++-static
// Expect: silent
#include <barrier>
#include <cstdio>
#include <thread>
#include <vector>

#include "invisible.h"

constexpr int kThreads = 4, kRounds = 50;
long cells[kThreads], total = 0, rounds = 0;

int main() {
  auto sum = []() noexcept {
    total = 0;
    for (long cell : cells) total += cell;
    ++rounds;
  };
  std::barrier round(kThreads, sum);
  std::vector<std::thread> threads;
  for (int self = 0; self < kThreads; ++self)
    threads.emplace_back([&, self] {
      for (int i = 0; i < kRounds; ++i) {
        cells[self] = total + self;
        if (self == 3 && i == kRounds / 2) return round.arrive_and_drop();
        if (i % 2 == 0)
          round.arrive_and_wait();
        else
          round.wait(round.arrive());
        cells[self] %= 1000;
        round.arrive_and_wait();
      }
    });
  for (std::thread& thread : threads) thread.join();
  std::printf("%ld\n", rounds);
}
