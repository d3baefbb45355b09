// Intent: atomics of every size may be used by everybody at once.
// Expect: silent
// Primitive: atomic relaxed
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <thread>
#include <vector>

std::atomic<uint8_t> small{0};
std::atomic<uint16_t> middle{0};
std::atomic<uint32_t> usual{0};
std::atomic<uint64_t> large{0};
std::atomic<double> real{0};

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int round = 0; round < 100; ++round) {
        small.fetch_add(1, std::memory_order_relaxed);
        middle.fetch_xor(3, std::memory_order_acq_rel);
        usual.fetch_sub(2);
        large |= uint64_t(1) << (round % 64);
        real.fetch_add(0.5);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%d %d %u %lx %.1f\n", small.load(), middle.load(), usual.load(), large.load(), real.load());
}
