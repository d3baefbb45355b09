// Intent: an atomic store of one byte says nothing to who loads its neighbour.
// Primitive: atomics of mixed sizes, atomic 1 byte
// Expect: data race on 'message' at WRITE, READ
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
    message = 1;  // RACE-WRITE
    __atomic_store_n(&mixed.bytes[0], 1, __ATOMIC_RELEASE);
    invisiblePass(&turns);
  });
  std::thread receiver([&seen] {
    invisibleAwait(&turns, 1);
    seen = __atomic_load_n(&mixed.bytes[1], __ATOMIC_ACQUIRE);
    seen += message;  // RACE-READ
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 2);
  uint32_t whole = __atomic_load_n(&mixed.whole, __ATOMIC_ACQUIRE);
  receiver.join();
  sender.join();
  std::printf("%d %d\n", seen, whole != 0);
}
