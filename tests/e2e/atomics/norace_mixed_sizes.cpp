// Intent: a release store of four bytes is read back by an acquire load of one of them, and the other way round.
// Primitive: atomics of mixed sizes
// Expect: silent
#include <cstdint>
#include <cstdio>
#include <thread>

#include "invisible.h"

union Mixed {
  uint32_t whole;
  uint8_t bytes[4];
} mixed;
int message = 0;
InvisibleTurns turns;

int main() {
  int seen = 0;
  std::thread sender([] {
    message = 1;
    __atomic_store_n(&mixed.whole, 0x01010101u, __ATOMIC_RELEASE);
    invisiblePass(&turns);
  });
  std::thread receiver([&seen] {
    invisibleAwait(&turns, 1);
    seen = __atomic_load_n(&mixed.bytes[1], __ATOMIC_ACQUIRE);
    seen += message;
    message = 2;
    __atomic_store_n(&mixed.bytes[2], 7, __ATOMIC_RELEASE);
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 2);
  uint32_t whole = __atomic_load_n(&mixed.whole, __ATOMIC_ACQUIRE);
  seen += whole == 0x01070101u ? message : 0;
  receiver.join();
  sender.join();
  std::printf("%d %d\n", seen, whole != 0);
}
