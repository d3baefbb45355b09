// Bench: groups=kernels call-heavy; args=250000; quick=30000; valgrind=3000
// Errors thrown through a few frames with destructors, caught and counted.
#include "../support.h"

#include <stdexcept>
#include <string>

struct Failures {
  long negative = 0, tooLarge = 0, other = 0;
};

struct Scope {
  explicit Scope(long* depth) : depth_(depth) { ++*depth_; }
  ~Scope() { --*depth_; }
  long* depth_;
};

__attribute__((noinline)) static long check(long value) {
  if (value % 5 == 0) throw std::out_of_range("negative");
  if (value % 7 == 0) throw std::length_error("too large: " + std::to_string(value));
  if (value % 11 == 0) throw value;
  return value * 3;
}

__attribute__((noinline)) static long checkBelow(long value, long* depth, int frames) {
  Scope scope(depth);
  long result = frames == 0 ? check(value) : checkBelow(value, depth, frames - 1);
  return result + *depth;
}

static void validate(Range values, Failures& failures, uint64_t& sum) {
  long depth = 0;
  for (long value = values.first; value < values.last; ++value) {
    try {
      sum = fold(sum, uint64_t(checkBelow(value, &depth, 3)));
    } catch (const std::out_of_range&) {
      ++failures.negative;
    } catch (const std::logic_error& error) {
      failures.tooLarge += error.what()[0] == 't';
    } catch (long thrown) {
      failures.other += thrown % 2;
    }
  }
  sum = fold(sum, uint64_t(depth));
}

int main(int argc, char** argv) {
  long values = argumentOr(argc, argv, 1, 250000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<Failures> failures(threads);
  std::vector<uint64_t> sums(threads);
  onThreads(threads, [&](int index) { validate(shareOf(values, threads, index), failures[index], sums[index]); });
  uint64_t sum = 0;
  for (int i = 0; i < threads; ++i) {
    sum = fold(fold(sum, sums[i]), uint64_t(failures[i].negative));
    sum = fold(fold(sum, uint64_t(failures[i].tooLarge)), uint64_t(failures[i].other));
  }
  printChecksum(sum);
}
