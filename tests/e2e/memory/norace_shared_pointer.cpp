// Intent: the last of several shared_ptr owners destroys the object; weak_ptr and make_shared included.
// Expect: silent
// Primitive: std::shared_ptr, std::weak_ptr
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

struct Document {
  std::string title = "a title that is too long for the small string optimisation";
  std::vector<int> pages = std::vector<int>(100, 1);
  ~Document() { title.clear(); }
};

int main() {
  size_t letters[4] = {};
  for (int round = 0; round < 10; ++round) {
    auto document = std::make_shared<const Document>();
    std::weak_ptr<const Document> weak = document;
    std::vector<std::thread> threads;
    for (size_t& count : letters) {
      threads.emplace_back([document, weak, &count]() mutable {
        count += document->title.size();
        document.reset();
        if (auto again = weak.lock()) count += again->pages[3] * 0;
      });
    }
    document.reset();
    for (std::thread& thread : threads) thread.join();
  }
  std::printf("%zu %zu\n", letters[0], letters[3]);
}
