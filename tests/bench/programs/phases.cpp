// Bench: groups=sync; args=160000; quick=4000; valgrind=500
// Short phases between barriers: each thread reads what its neighbour wrote in the phase before.
#include "../support.h"

#include <pthread.h>

constexpr int kCells = 32;

struct Strip {
  uint64_t cells[kCells] = {};
};

int main(int argc, char** argv) {
  long phases = argumentOr(argc, argv, 1, 160000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<Strip> strips[2] = {std::vector<Strip>(threads), std::vector<Strip>(threads)};
  pthread_barrier_t barrier;
  pthread_barrier_init(&barrier, nullptr, unsigned(threads));
  onThreads(threads, [&](int index) {
    for (long phase = 0; phase < phases; ++phase) {
      const Strip& neighbour = strips[phase % 2][(index + 1) % threads];
      Strip& own = strips[1 - phase % 2][index];
      for (int i = 0; i < kCells; ++i) own.cells[i] = fold(neighbour.cells[kCells - 1 - i], uint64_t(phase + i));
      pthread_barrier_wait(&barrier);
    }
  });
  pthread_barrier_destroy(&barrier);
  uint64_t sum = 0;
  for (const Strip& strip : strips[phases % 2])
    for (uint64_t cell : strip.cells) sum = fold(sum, cell);
  printChecksum(sum);
}
