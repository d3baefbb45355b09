// Bench: variant=2-threads; groups=scaling; args=10000000 2; quick=1000000 2; valgrind=5000 2
// Bench: variant=10-threads; groups=scaling; args=10000000 10; quick=1000000 10
// Bench: variant=100-threads; groups=scaling; args=10000000 100; quick=1000000 100
// Bench: variant=1000-threads; groups=scaling; args=10000000 1000; quick=1000000 1000
// The same amount of work for ever more threads, all alive at once: each reads a shared table, writes slots of its own
// and now and then takes one of a few locks.
#include "../support.h"

#include <latch>
#include <mutex>

struct Shelf {
  std::mutex mutex;
  uint64_t total = 0;
};

int main(int argc, char** argv) {
  long work = argumentOr(argc, argv, 1, 10000000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<uint64_t> table(1024), slots(size_t(threads) * 16);
  for (size_t i = 0; i < table.size(); ++i) table[i] = i * i;
  std::vector<Shelf> shelves(8);
  std::latch allAlive(threads);
  double began = secondsNow();
  onThreads(threads, [&](int index) {
    allAlive.arrive_and_wait();
    Range mine = shareOf(work, threads, index);
    for (long i = mine.first; i < mine.last; ++i) {
      slots[size_t(index) * 16 + size_t(i) % 16] += table[size_t(i) % 1024];
      if (i % 16) continue;
      Shelf& shelf = shelves[size_t(i / 16) % 8];
      std::lock_guard<std::mutex> lock(shelf.mutex);
      shelf.total += uint64_t(i);
    }
  });
  printCost(secondsNow() - began, double(work), "step");
  uint64_t sum = 0;
  for (uint64_t slot : slots) sum += slot;
  for (const Shelf& shelf : shelves) sum = fold(sum, shelf.total);
  printChecksum(sum);
}
