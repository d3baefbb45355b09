// Intent: synchronized_pool_resource from several threads, one monotonic_buffer_resource each, and the default one.
// Primitive: std::pmr::memory_resource
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <memory_resource>
#include <string>
#include <thread>
#include <vector>

#include "invisible.h"

long fill(std::pmr::memory_resource* resource) {
  std::pmr::vector<std::pmr::string> texts(resource);
  for (int i = 0; i < 40; ++i) texts.emplace_back("a text that does not fit into a small buffer");
  long sum = 0;
  for (const auto& text : texts) sum += static_cast<long>(text.size());
  return sum;
}

int main() {
  std::pmr::synchronized_pool_resource pool;
  std::pmr::set_default_resource(&pool);
  std::vector<std::thread> threads;
  long sums[4];
  for (int self = 0; self < 4; ++self)
    threads.emplace_back([&, self] {
      sums[self] = 0;
      for (int round = 0; round < 10; ++round) {
        std::pmr::monotonic_buffer_resource arena(&pool);
        sums[self] += fill(&pool) + fill(&arena) + fill(std::pmr::get_default_resource());
      }
    });
  for (std::thread& thread : threads) thread.join();
  std::pmr::set_default_resource(nullptr);
  std::printf("%ld %ld\n", sums[0], sums[3]);
}
