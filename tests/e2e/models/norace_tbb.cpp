// Intent: TBB's algorithms, task groups, mutexes and concurrent containers hand data over.
// Primitive: TBB parallel_for, TBB parallel_reduce, TBB task_group, TBB mutexes, TBB concurrent containers
// Packages: tbb
// Flags: -DTBB_USE_THREADING_TOOLS=0
// Runs: 10
// Expect: silent
#include <tbb/concurrent_hash_map.h>
#include <tbb/concurrent_queue.h>
#include <tbb/concurrent_vector.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_reduce.h>
#include <tbb/parallel_sort.h>
#include <tbb/queuing_mutex.h>
#include <tbb/spin_mutex.h>
#include <tbb/spin_rw_mutex.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

int fibonacci(int n) {
  if (n < 8) return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
  int left = 0, right = 0;
  tbb::task_group group;
  group.run([&] { left = fibonacci(n - 1); });
  group.run([&] { right = fibonacci(n - 2); });
  group.wait();
  return left + right;
}

template <typename Mutex>
int countUnder() {
  Mutex mutex;
  int count = 0;
  tbb::parallel_for(0, 300, [&](int) {
    typename Mutex::scoped_lock lock(mutex);
    ++count;
  });
  return count;
}

int main() {
  tbb::global_control limit(tbb::global_control::max_allowed_parallelism, 4);
  long sum = 0;
  for (int round = 0; round < 5; ++round) {
    std::vector<int> cells(2000, round);
    tbb::parallel_for(size_t{0}, cells.size(), [&](size_t i) { cells[i] += static_cast<int>(i); });
    tbb::parallel_for(tbb::blocked_range<size_t>(0, cells.size()), [&](const auto& range) {
      for (size_t i = range.begin(); i != range.end(); ++i) cells[i] = -cells[i];
    });
    sum += tbb::parallel_reduce(
        tbb::blocked_range<size_t>(0, cells.size()), 0L,
        [&](const auto& range, long part) {
          for (size_t i = range.begin(); i != range.end(); ++i) part += cells[i];
          return part;
        },
        [](long a, long b) { return a + b; });
    tbb::parallel_sort(cells.begin(), cells.end());
    sum += cells[0] + fibonacci(14);
    int left = 0, right = 0;
    tbb::parallel_invoke([&] { left = 1; }, [&] { right = 2; });
    sum += left + right;
    tbb::task_arena arena(3);
    arena.execute([&] { tbb::parallel_for(0, 100, [&](int i) { cells[i] = i; }); });
    sum += cells[50];
    sum += countUnder<tbb::spin_mutex>() + countUnder<tbb::queuing_mutex>() + countUnder<tbb::spin_rw_mutex>();
    tbb::enumerable_thread_specific<long> parts(0);
    tbb::parallel_for(0, 500, [&](int i) { parts.local() += i; });
    for (long part : parts) sum += part;
  }
  tbb::concurrent_bounded_queue<std::shared_ptr<int>> queue;
  tbb::concurrent_queue<std::unique_ptr<int>> other;
  tbb::concurrent_hash_map<int, int> map;
  tbb::concurrent_vector<int> vector;
  std::thread producer([&] {
    for (int i = 0; i < 100; ++i) {
      queue.push(std::make_shared<int>(i));
      other.push(std::make_unique<int>(i));
      tbb::concurrent_hash_map<int, int>::accessor entry;
      map.insert(entry, i % 7);
      entry->second += i;
      vector.push_back(i);
    }
  });
  for (int i = 0; i < 100; ++i) {
    std::shared_ptr<int> value;
    queue.pop(value);
    sum += *value;
    std::unique_ptr<int> own;
    while (!other.try_pop(own)) std::this_thread::yield();
    sum += *own;
    tbb::concurrent_hash_map<int, int>::accessor entry;
    map.insert(entry, i % 7);
    entry->second += i;
  }
  producer.join();
  for (auto& entry : map) sum += entry.second;
  for (int value : vector) sum += value;
  std::printf("%ld\n", sum);
}
