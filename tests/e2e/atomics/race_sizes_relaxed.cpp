// Intent: a relaxed store of 16 bytes publishes nothing.
// Primitive: atomic 16 bytes
// Libraries: libstdc++ libc++
// Expect: data race on 'messages' at WRITE, READ
// Flags: -latomic
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

template <int Bytes>
struct alignas(Bytes <= 16 ? Bytes : 8) Value {
  unsigned char bytes[Bytes];
};

constexpr int kSteps = 7;
int messages[kSteps][3];
InvisibleTurns turns;

template <int Bytes>
struct Channel {
  static inline std::atomic<Value<Bytes>> place{};

  static Value<Bytes> value(unsigned char number) {
    Value<Bytes> value{};
    value.bytes[0] = value.bytes[Bytes - 1] = number;
    return value;
  }
  static void send(int step) {
    constexpr auto order = Bytes == 16 ? std::memory_order_relaxed : std::memory_order_release;
    messages[step][0] = Bytes;  // RACE-WRITE
    place.store(value(1), order);
    invisiblePass(&turns);
    invisibleAwait(&turns, 4 * step + 2);
    (void)place.exchange(value(3), std::memory_order_acq_rel);
    invisiblePass(&turns);
  }
  static int receive(int step) {
    invisibleAwait(&turns, 4 * step + 1);
    int sum = place.load(std::memory_order_acquire).bytes[0];
    sum += messages[step][0];  // RACE-READ
    invisiblePass(&turns);
    invisibleAwait(&turns, 4 * step + 3);
    Value<Bytes> expected = value(3);
    if (place.compare_exchange_strong(expected, value(4), std::memory_order_acquire)) sum += messages[step][1];
    invisiblePass(&turns);
    return sum;
  }
};

int main() {
  int sum = 0;
  std::thread sender([] {
    Channel<1>::send(0);
    invisibleAwait(&turns, 4);
    Channel<2>::send(1);
    invisibleAwait(&turns, 8);
    Channel<4>::send(2);
    invisibleAwait(&turns, 12);
    Channel<8>::send(3);
    invisibleAwait(&turns, 16);
    Channel<16>::send(4);
    invisibleAwait(&turns, 20);
    Channel<24>::send(5);
    invisibleAwait(&turns, 24);
    Channel<64>::send(6);
  });
  sum += Channel<1>::receive(0);
  sum += Channel<2>::receive(1);
  sum += Channel<4>::receive(2);
  sum += Channel<8>::receive(3);
  sum += Channel<16>::receive(4);
  sum += Channel<24>::receive(5);
  sum += Channel<64>::receive(6);
  sender.join();
  std::printf("%d\n", sum);
}
