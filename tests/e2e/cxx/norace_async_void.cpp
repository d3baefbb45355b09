// Intent: tasks without a result, one after another, and deferred ones; all memory is given back by either side.
// Primitive: std::async, std::future
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <future>
#include <string>
#include <vector>

int main() {
  std::vector<std::string> texts(8);
  for (int round = 0; round < 20; ++round) {
    std::vector<std::future<void>> tasks;
    for (std::string& text : texts) tasks.push_back(std::async(std::launch::async, [&text] { text += "a long piece;"; }));
    for (auto& task : tasks) task.get();
  }
  size_t sum = 0;
  auto deferred = std::async(std::launch::deferred, [&] {
    for (const std::string& text : texts) sum += text.size();
  });
  deferred.wait();
  std::printf("%zu\n", sum);
}
