// Intent: a semaphore of one admits one thread at a time.
// Expect: silent
// Primitive: std::counting_semaphore
#include <cstdio>
#include <semaphore>
#include <thread>

std::binary_semaphore slot{1};
int inUse = 0;

void useMany() {
  for (int i = 0; i < 200; ++i) {
    slot.acquire();
    inUse += 1;
    slot.release();
  }
}

int main() {
  std::thread first(useMany), second(useMany);
  first.join();
  second.join();
  std::printf("%d\n", inUse);
}
