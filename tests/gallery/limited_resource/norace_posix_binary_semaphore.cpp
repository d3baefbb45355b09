// Intent: a POSIX semaphore of one admits one thread at a time.
// Expect: silent
// Primitive: semaphore unnamed
#include <semaphore.h>

#include <cstdio>
#include <thread>

sem_t slot;
int inUse = 0;

void useMany() {
  for (int i = 0; i < 200; ++i) {
    sem_wait(&slot);
    inUse += 1;
    sem_post(&slot);
  }
}

int main() {
  sem_init(&slot, 0, 1);
  std::thread first(useMany), second(useMany);
  first.join();
  second.join();
  std::printf("%d\n", inUse);
}
