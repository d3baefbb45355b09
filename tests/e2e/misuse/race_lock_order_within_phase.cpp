// Intent: two threads take two mutexes in one order before a barrier; after it one of them goes on so and the other turns it round.
// Expect: lock-order inversion on 'left|right' at BEFORE, AFTER
// Primitive: lock order, barrier
#include <pthread.h>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex left, right;
std::atomic<int> counter{0};  // relaxed: it orders nothing
int moved = 0;
pthread_barrier_t barrier;
InvisibleTurns turns;

void moveRight() {
  std::lock_guard<std::mutex> outer(left);
  std::lock_guard<std::mutex> inner(right);  // RACE-BEFORE
  moved += 1;
  counter.fetch_add(1, std::memory_order_relaxed);
}

void moveLeft() {
  counter.fetch_add(1, std::memory_order_relaxed);
  std::lock_guard<std::mutex> outer(right);
  std::lock_guard<std::mutex> inner(left);  // RACE-AFTER
  moved -= 1;
}

int main() {
  pthread_barrier_init(&barrier, nullptr, 2);
  std::thread first([] {
    moveRight();
    pthread_barrier_wait(&barrier);
    moveRight();
    invisiblePass(&turns);
  });
  std::thread second([] {
    pthread_barrier_wait(&barrier);
    invisibleAwait(&turns, 1);
    moveLeft();
  });
  first.join();
  second.join();
  pthread_barrier_destroy(&barrier);
  std::printf("%d\n", moved);
}
