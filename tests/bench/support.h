// Shared by the benchmark programs, C and C++: arguments, random numbers, a checksum, and threads that split work.
#ifndef SNAG_BENCH_SUPPORT_H
#define SNAG_BENCH_SUPPORT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Argument number `index` as a number, or `fallback` when the program was started without it.
static inline long argumentOr(int argc, char** argv, int index, long fallback) {
  return argc > index ? strtol(argv[index], NULL, 10) : fallback;
}

// The next number of a deterministic sequence; state is any number but 0.
static inline uint64_t nextRandom(uint64_t* state) {
  uint64_t x = *state;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  *state = x;
  return x * 0x2545F4914F6CDD1Dull;
}

// A random number below limit; its bias does not matter here.
static inline uint64_t randomBelow(uint64_t* state, uint64_t limit) { return (nextRandom(state) >> 11) % limit; }

// Adds a value to a checksum. The order of the values counts.
static inline uint64_t fold(uint64_t sum, uint64_t value) {
  return (sum ^ value) * 0x9E3779B97F4A7C15ull + (sum >> 29);
}

static inline uint64_t foldDouble(uint64_t sum, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return fold(sum, bits);
}

// What the program prints: the same in every build.
static inline void printChecksum(uint64_t sum) { printf("checksum %016llx\n", (unsigned long long)sum); }

static inline double secondsNow(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// What the benchmark reads from the error stream: the cost of one operation, without the program's start.
static inline void printCost(double seconds, double operations, const char* operation) {
  fprintf(stderr, "cost: %.3f ns per %s\n", seconds * 1e9 / operations, operation);
}

typedef struct {
  long first, last;
} Range;

// The part of count things that thread number `index` works on.
static inline Range shareOf(long count, int threads, int index) {
  Range range = {count * index / threads, count * (index + 1) / threads};
  return range;
}

#ifdef __cplusplus
#include <thread>
#include <vector>

// Runs body(0) to body(threads - 1), each on a thread of its own, and waits for all of them.
template <class Body>
void onThreads(int threads, Body body) {
  std::vector<std::thread> all;
  all.reserve(threads);
  for (int i = 0; i < threads; ++i) all.emplace_back([&body, i] { body(i); });
  for (std::thread& thread : all) thread.join();
}
#endif

#endif
