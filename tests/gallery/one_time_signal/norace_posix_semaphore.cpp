// Intent: a POSIX semaphore is the signal.
// Expect: silent
// Primitive: semaphore unnamed
#include <semaphore.h>

#include <cstdio>
#include <thread>

int result = 0;
sem_t ready;

int main() {
  int seen = 0;
  std::thread consumer([&seen] {
    sem_wait(&ready);
    seen = result;
  });
  std::thread producer([] {
    result = 42;
    sem_post(&ready);
  });
  producer.join();
  consumer.join();
  std::printf("%d\n", seen);
}
