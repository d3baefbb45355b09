// Intent: eight threads write one byte each of the same eight bytes.
// Expect: silent
#include <cstdio>
#include <thread>
#include <vector>

alignas(8) unsigned char bytes[8];

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([i] {
      for (int round = 0; round < 100; ++round) bytes[i] += i;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (unsigned char byte : bytes) std::printf("%d ", byte);
  std::printf("\n");
}
