// Intent: producers and consumers share a queue; one sentinel for each consumer ends the work.
// Expect: silent
// Primitive: std::condition_variable
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

using Job = std::unique_ptr<int>;  // an empty pointer is the sentinel

std::queue<Job> jobs;
std::mutex jobsMutex;
std::condition_variable jobsChanged;

void push(Job job) {
  {
    std::lock_guard<std::mutex> lock(jobsMutex);
    jobs.push(std::move(job));
  }
  jobsChanged.notify_one();
}

Job pop() {
  std::unique_lock<std::mutex> lock(jobsMutex);
  jobsChanged.wait(lock, [] { return !jobs.empty(); });
  Job job = std::move(jobs.front());
  jobs.pop();
  return job;
}

int main() {
  long sums[2] = {};
  std::vector<std::thread> producers, consumers;
  for (long& sum : sums) {
    consumers.emplace_back([&sum] {
      while (Job job = pop()) sum += *job;
    });
  }
  for (int i = 0; i < 2; ++i) {
    producers.emplace_back([] {
      for (int value = 1; value <= 100; ++value) push(std::make_unique<int>(value));
    });
  }
  for (std::thread& producer : producers) producer.join();
  for (size_t i = 0; i < consumers.size(); ++i) push(nullptr);
  for (std::thread& consumer : consumers) consumer.join();
  std::printf("%ld\n", sums[0] + sums[1]);
}
