// Bench: groups=sync lock-heavy; args=20000000; quick=100000; valgrind=10000
// A table of settings under a std::shared_mutex: 255 look-ups for each change.
#include "../support.h"

#include <mutex>
#include <shared_mutex>

class Settings {
 public:
  uint64_t lookUp(size_t key) {
    std::shared_lock<std::shared_mutex> lock(mutex_);
    return values_[key % kKeys] & 1;  // changes keep the lowest bit, so that the sum does not depend on the order
  }

  void change(size_t key) {
    std::unique_lock<std::shared_mutex> lock(mutex_);
    values_[key % kKeys] += 2;
  }

  uint64_t checksum() const {
    uint64_t sum = 0;
    for (uint64_t value : values_) sum = fold(sum, value);
    return sum;
  }

 private:
  static constexpr size_t kKeys = 256;
  std::shared_mutex mutex_;
  std::vector<uint64_t> values_ = std::vector<uint64_t>(kKeys, 1);
};

int main(int argc, char** argv) {
  long operations = argumentOr(argc, argv, 1, 20000000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  Settings settings;
  std::vector<uint64_t> sums(threads);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(operations, threads, index);
    uint64_t sum = 0;
    for (long i = mine.first; i < mine.last; ++i) {
      if (i % 256 == 0)
        settings.change(size_t(i) / 256);
      else
        sum += settings.lookUp(size_t(i));
    }
    sums[index] = sum;
  });
  uint64_t sum = settings.checksum();
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
