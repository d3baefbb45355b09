// Intent: threads allocate, write and free blocks that the allocator hands from one to another; a lock covers the hand-over.
// Expect: silent
// Primitive: heap-use-after-free race
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

std::mutex boxMutex;
std::vector<char*> box;

void put(char* block) {
  std::lock_guard<std::mutex> lock(boxMutex);
  box.push_back(block);
}

char* take() {
  std::lock_guard<std::mutex> lock(boxMutex);
  if (box.empty()) return nullptr;
  char* block = box.back();
  box.pop_back();
  return block;
}

void work(int self) {
  for (int i = 0; i < 200; ++i) {
    size_t size = 24 + 16 * (i % 5);
    char* block = static_cast<char*>(std::malloc(size));
    std::memset(block, self, size);
    block[i % 24] = 1;
    put(block);
    if (char* other = take()) {
      other[3] = 2;
      std::free(other);
    }
  }
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
  while (char* block = take()) std::free(block);
  std::printf("done\n");
}
