// Bench: groups=sync lock-heavy; args=12000000 4096; quick=150000 4096; valgrind=10000 256
// A table of totals by key: each bucket has a lock of its own, and one is held at a time.
#include "../support.h"

#include <mutex>

struct Bucket {
  std::mutex mutex;
  uint64_t total = 0, additions = 0;
};

class Totals {
 public:
  explicit Totals(size_t buckets) : buckets_(buckets) {}

  void add(uint64_t key, uint64_t amount) {
    Bucket& bucket = buckets_[key % buckets_.size()];
    std::lock_guard<std::mutex> lock(bucket.mutex);
    bucket.total += amount;
    ++bucket.additions;
  }

  uint64_t checksum() const {
    uint64_t sum = 0;
    for (const Bucket& bucket : buckets_) sum = fold(fold(sum, bucket.total), bucket.additions);
    return sum;
  }

 private:
  std::vector<Bucket> buckets_;
};

int main(int argc, char** argv) {
  long additions = argumentOr(argc, argv, 1, 12000000);
  Totals totals(size_t(argumentOr(argc, argv, 2, 4096)));
  int threads = int(argumentOr(argc, argv, 3, 2));
  onThreads(threads, [&](int index) {
    Range mine = shareOf(additions, threads, index);
    uint64_t seed = uint64_t(index) + 1;
    for (long i = mine.first; i < mine.last; ++i) totals.add(nextRandom(&seed) >> 20, uint64_t(i % 10));
  });
  printChecksum(totals.checksum());
}
