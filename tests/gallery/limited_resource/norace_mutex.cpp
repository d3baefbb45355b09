// Intent: a mutex admits one thread at a time.
// Expect: silent
// Primitive: std::mutex
#include <cstdio>
#include <mutex>
#include <thread>

std::mutex resourceMutex;
int inUse = 0;

void useMany() {
  for (int i = 0; i < 200; ++i) {
    resourceMutex.lock();
    inUse += 1;
    resourceMutex.unlock();
  }
}

int main() {
  std::thread first(useMany), second(useMany);
  first.join();
  second.join();
  std::printf("%d\n", inUse);
}
