// Intent: pages are mapped at the same address by one thread after another, without a visible order.
// Expect: silent
#include <sys/mman.h>

#include <cstdio>
#include <thread>

#include "invisible.h"

constexpr size_t kBytes = 1 << 16;
InvisibleTurns turns;
int reads[2];

void* mapPages(void* wanted) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | (wanted ? MAP_FIXED : 0);
  return mmap(wanted, kBytes, PROT_READ | PROT_WRITE, flags, -1, 0);
}

void work(int self, void* wanted) {
  invisibleAwait(&turns, self);
  auto* bytes = static_cast<unsigned char*>(mapPages(wanted));
  for (size_t i = 0; i < kBytes; i += 1000) bytes[i] = 1 + self;
  reads[self] = bytes[1000];
  if (self == 0) munmap(bytes, kBytes);  // the second thread maps over what is left
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);  // the first thread's stack must not take the place
}

int main() {
  void* wanted = mapPages(nullptr);
  std::thread first(work, 0, wanted);
  std::thread second(work, 1, wanted);
  first.join();
  second.join();
  std::printf("%d %d\n", reads[0], reads[1]);
}
