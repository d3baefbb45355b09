// Intent: a bounded queue with one mutex and two condition variables.
// Expect: silent
// Primitive: std::condition_variable
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <thread>

class BlockingQueue {
 public:
  void push(int value) {
    std::unique_lock<std::mutex> lock(mutex_);
    notFull_.wait(lock, [this] { return values_.size() < 4; });
    values_.push_back(value);
    notEmpty_.notify_one();
  }

  int pop() {
    std::unique_lock<std::mutex> lock(mutex_);
    notEmpty_.wait(lock, [this] { return !values_.empty(); });
    int value = values_.front();
    values_.pop_front();
    notFull_.notify_one();
    return value;
  }

 private:
  std::mutex mutex_;
  std::condition_variable notFull_, notEmpty_;
  std::deque<int> values_;
};

int main() {
  BlockingQueue queue;
  std::thread producer([&queue] {
    for (int i = 1; i <= 200; ++i) queue.push(i);
  });
  long sum = 0;
  std::thread consumer([&queue, &sum] {
    for (int i = 1; i <= 200; ++i) sum += queue.pop();
  });
  producer.join();
  consumer.join();
  std::printf("%ld\n", sum);
}
