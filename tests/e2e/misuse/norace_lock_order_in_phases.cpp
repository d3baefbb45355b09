// Intent: two threads take two mutexes in opposite order, but a barrier, a semaphore, a flag, a fence or a condition keeps them apart.
// Expect: silent
// Reference: reports some of them
// Primitive: lock order, condition variable, barrier
#include <pthread.h>
#include <semaphore.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

struct Two {
  std::mutex one, other;
};
int total = 0;

void both(std::mutex& outer, std::mutex& inner) {
  std::lock_guard<std::mutex> first(outer);
  std::lock_guard<std::mutex> second(inner);
  total += 1;
}

// `tell` comes after the first order, `hear` before the second.
template <typename Tell, typename Hear>
void inPhases(Tell tell, Hear hear) {
  Two two;
  std::thread first([&] {
    both(two.one, two.other);
    tell();
  });
  std::thread second([&] {
    hear();
    both(two.other, two.one);
  });
  first.join();
  second.join();
}

void byBarrier() {
  pthread_barrier_t barrier;
  pthread_barrier_init(&barrier, nullptr, 2);
  inPhases([&] { pthread_barrier_wait(&barrier); }, [&] { pthread_barrier_wait(&barrier); });
  pthread_barrier_destroy(&barrier);
}

void bySemaphore() {
  sem_t semaphore;
  sem_init(&semaphore, 0, 0);
  inPhases([&] { sem_post(&semaphore); }, [&] { sem_wait(&semaphore); });
  sem_destroy(&semaphore);
}

void byFlag() {
  std::atomic<bool> ready{false};
  inPhases([&] { ready.store(true, std::memory_order_release); },
           [&] { while (!ready.load(std::memory_order_acquire)) std::this_thread::yield(); });
}

void byFences() {
  std::atomic<bool> ready{false};
  inPhases(
      [&] {
        std::atomic_thread_fence(std::memory_order_release);
        ready.store(true, std::memory_order_relaxed);
      },
      [&] {
        while (!ready.load(std::memory_order_relaxed)) std::this_thread::yield();
        std::atomic_thread_fence(std::memory_order_acquire);
      });
}

// The waiter comes first and sleeps, or comes later and finds the flag set.
void byCondition(bool sleeps, bool signalsUnlocked) {
  std::mutex mutex;
  std::condition_variable condition;
  bool ready = false;
  InvisibleTurns turns{};
  inPhases(
      [&] {
        if (sleeps) invisibleAwait(&turns, 1);
        {
          std::lock_guard<std::mutex> lock(mutex);
          ready = true;
          if (!signalsUnlocked) condition.notify_one();
        }
        if (signalsUnlocked) condition.notify_one();
        if (!sleeps) invisiblePass(&turns);
      },
      [&] {
        if (!sleeps) invisibleAwait(&turns, 1);
        std::unique_lock<std::mutex> lock(mutex);
        if (sleeps) invisiblePass(&turns);
        condition.wait(lock, [&] { return ready; });
      });
}

int main() {
  byBarrier();
  bySemaphore();
  byFlag();
  byFences();
  byCondition(true, false);
  byCondition(true, true);
  byCondition(false, false);
  byCondition(false, true);
  std::printf("%d\n", total);
}
