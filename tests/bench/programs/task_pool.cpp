// Bench: groups=sync lock-heavy; args=300000; quick=12000; valgrind=2000
// A pool of threads takes small tasks from a bounded queue and answers through futures.
#include "../support.h"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>

using Task = std::packaged_task<uint64_t()>;

class Pool {
 public:
  explicit Pool(int threads) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }

  ~Pool() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      closed_ = true;
    }
    filled_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  std::future<uint64_t> submit(Task task) {
    std::future<uint64_t> result = task.get_future();
    std::unique_lock<std::mutex> lock(mutex_);
    drained_.wait(lock, [this] { return tasks_.size() < 256; });
    tasks_.push_back(std::move(task));
    filled_.notify_one();
    return result;
  }

 private:
  void work() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
      filled_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      Task task = std::move(tasks_.front());
      tasks_.pop_front();
      drained_.notify_one();
      lock.unlock();
      task();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable filled_, drained_;
  std::deque<Task> tasks_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

static uint64_t work(const std::vector<uint64_t>& table, uint64_t number) {
  uint64_t sum = number;
  for (uint64_t entry : table) sum = fold(sum, entry);
  return sum;
}

int main(int argc, char** argv) {
  long tasks = argumentOr(argc, argv, 1, 300000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<uint64_t> table(200, 3);
  Pool pool(threads);
  std::vector<std::future<uint64_t>> results;
  for (long i = 0; i < tasks; ++i)
    results.push_back(pool.submit(Task([&table, i] { return work(table, uint64_t(i)); })));
  uint64_t sum = 0;
  for (auto& result : results) sum = fold(sum, result.get());
  printChecksum(sum);
}
