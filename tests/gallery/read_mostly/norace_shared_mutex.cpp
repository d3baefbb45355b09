// Intent: readers share the lock, the writer has it alone.
// Expect: silent
// Primitive: std::shared_mutex
#include <cstdio>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::shared_mutex tableMutex;
std::map<int, int> table;

void writeMany() {
  for (int i = 0; i < 100; ++i) {
    std::unique_lock<std::shared_mutex> lock(tableMutex);
    table[i] = i;
  }
}

size_t readMany() {
  size_t seen = 0;
  while (seen < 100) {
    std::shared_lock<std::shared_mutex> lock(tableMutex);
    seen = table.size();
  }
  return seen;
}

int main() {
  size_t seen = 0;
  std::thread writer(writeMany);
  std::thread reader([&seen] { seen = readMany(); });
  writer.join();
  reader.join();
  std::printf("%zu\n", seen);
}
