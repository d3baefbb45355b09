// Intent: readers and the inserting thread take the same lock.
// Expect: silent
// Primitive: std::mutex
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

std::unordered_map<std::string, int> lengths;
std::mutex lengthsMutex;

void insertMany(char letter) {
  for (int i = 1; i < 100; ++i) {
    std::lock_guard<std::mutex> lock(lengthsMutex);
    lengths.emplace(std::string(i, letter), i);
  }
}

int lookUpMany() {
  int found = 0;
  for (int i = 1; i < 100; ++i) {
    std::lock_guard<std::mutex> lock(lengthsMutex);
    auto place = lengths.find("aaa");
    if (place != lengths.end()) found = place->second;
  }
  return found;
}

int main() {
  lengths.emplace("aaa", 3);
  std::thread first(insertMany, 'a'), second(insertMany, 'b');
  int found = lookUpMany();
  first.join();
  second.join();
  std::printf("%d %zu\n", found, lengths.size());
}
