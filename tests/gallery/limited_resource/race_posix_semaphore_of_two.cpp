// Intent: a POSIX semaphore that admits two threads is used as if it were a mutex.
// Expect: lost update on 'inUse' at USE, USE
// Primitive: semaphore unnamed
#include <semaphore.h>

#include <cstdio>
#include <thread>

#include "invisible.h"

sem_t slots;
int inUse = 0;
InvisibleTurns turns;

void useResource() {
  inUse += 1;  // RACE-USE
}

int main() {
  sem_init(&slots, 0, 2);
  std::thread first([] {
    sem_wait(&slots);
    useResource();
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
    sem_post(&slots);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    sem_wait(&slots);
    useResource();
    sem_post(&slots);
    invisiblePass(&turns);
  });
  first.join();
  second.join();
  std::printf("%d\n", inUse);
}
