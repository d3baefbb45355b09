// Bench: groups=sync lock-heavy pointer-chasing; args=6000000; quick=40000; valgrind=5000
// A cache with a list in order of use and a hash index, under one lock; values are computed outside of it.
#include "../support.h"

#include <list>
#include <mutex>
#include <unordered_map>

class Cache {
 public:
  uint64_t get(uint64_t key) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = index_.find(key);
    if (found == index_.end()) return insert(key);
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->value;
  }

 private:
  struct Entry {
    uint64_t key, value;
  };

  uint64_t insert(uint64_t key) {
    if (entries_.size() == kSize) {
      index_.erase(entries_.back().key);
      entries_.pop_back();
    }
    entries_.push_front({key, key * key});
    index_[key] = entries_.begin();
    return entries_.front().value;
  }

  static constexpr size_t kSize = 5000;
  std::mutex mutex_;
  std::list<Entry> entries_;
  std::unordered_map<uint64_t, std::list<Entry>::iterator> index_;
};

int main(int argc, char** argv) {
  long requests = argumentOr(argc, argv, 1, 6000000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  Cache cache;
  std::vector<uint64_t> sums(threads);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(requests, threads, index);
    uint64_t seed = uint64_t(index) + 1, sum = 0;
    for (long i = mine.first; i < mine.last; ++i)
      sum = fold(sum, cache.get(randomBelow(&seed, 4000) + randomBelow(&seed, 4000)));
    sums[index] = sum;
  });
  uint64_t sum = 0;
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
