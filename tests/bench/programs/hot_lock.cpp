// Bench: groups=sync lock-heavy; args=12000000; quick=150000; valgrind=10000
// All threads add to one histogram under one lock.
#include "../support.h"

#include <mutex>

class Histogram {
 public:
  void add(uint64_t value) {
    std::lock_guard<std::mutex> lock(mutex_);
    ++counts_[value % 64];
    ++total_;
  }

  uint64_t checksum() {
    std::lock_guard<std::mutex> lock(mutex_);
    uint64_t sum = total_;
    for (uint64_t count : counts_) sum = fold(sum, count);
    return sum;
  }

 private:
  std::mutex mutex_;
  uint64_t counts_[64] = {}, total_ = 0;
};

int main(int argc, char** argv) {
  long additions = argumentOr(argc, argv, 1, 12000000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  Histogram histogram;
  onThreads(threads, [&](int index) {
    Range mine = shareOf(additions, threads, index);
    for (long i = mine.first; i < mine.last; ++i) histogram.add(uint64_t(i) * 2654435761u >> 7);
  });
  printChecksum(histogram.checksum());
}
