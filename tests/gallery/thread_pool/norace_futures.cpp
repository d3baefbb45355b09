// Intent: tasks hand their results back through futures.
// Expect: silent
// Primitive: std::future, std::packaged_task
#include <cstdio>
#include <future>
#include <string>
#include <thread>
#include <vector>

std::string runTask(int number) { return std::string(number, 'x'); }

int main() {
  std::vector<std::future<std::string>> results;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    std::packaged_task<std::string()> task([i] { return runTask(20 * i); });
    results.push_back(task.get_future());
    threads.emplace_back(std::move(task));
  }
  results.push_back(std::async(std::launch::async, runTask, 100));
  size_t letters = 0;
  for (auto& result : results) letters += result.get().size();
  for (std::thread& thread : threads) thread.join();
  std::printf("%zu\n", letters);
}
