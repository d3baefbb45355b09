// Intent: every pair of orders that synchronises: release, acq_rel or seq_cst on one side, the others on the other.
// Primitive: atomic consume, atomic acquire and release, atomic acq_rel, atomic seq_cst
// Libraries: libstdc++ libc++
// Expect: silent
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

constexpr std::memory_order kStores[] = {std::memory_order_release, std::memory_order_seq_cst};
constexpr std::memory_order kLoads[] = {std::memory_order_consume, std::memory_order_acquire,
                                        std::memory_order_seq_cst};
constexpr std::memory_order kUpdates[] = {std::memory_order_acq_rel, std::memory_order_seq_cst};

std::atomic<int> place{0};
int message[12];
InvisibleTurns turns;

int main() {
  long sum = 0;
  std::thread sender([] {
    int round = 0;
    for (auto store : kStores)
      for (size_t load = 0; load < 3; ++load, ++round) {
        message[round] = round;
        place.store(round, store);
        invisiblePass(&turns);
        invisibleAwait(&turns, 2 * round + 2);
      }
    for (auto update : kUpdates)
      for (size_t load = 0; load < 3; ++load, ++round) {
        message[round] = round;
        place.fetch_add(1, update);
        invisiblePass(&turns);
        invisibleAwait(&turns, 2 * round + 2);
      }
  });
  for (int round = 0; round < 12; ++round) {
    invisibleAwait(&turns, 2 * round + 1);
    sum += place.load(kLoads[round % 3]);
    sum += message[round];
    invisiblePass(&turns);
  }
  sender.join();
  std::printf("%ld\n", sum);
}
