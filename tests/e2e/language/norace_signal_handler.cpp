// Intent: signal handlers run in the middle of checked work and touch atomics.
// Expect: silent
// Primitive: signal handler with atomics, kill to handler
#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::atomic<int> handled{0};
std::atomic<bool> done{false};
std::mutex mutex;
long counter = 0;

void handle(int) { handled.fetch_add(1, std::memory_order_relaxed); }

void work() {
  while (!done.load(std::memory_order_acquire)) {
    std::lock_guard<std::mutex> lock(mutex);
    counter += 1;
  }
}

int main() {
  signal(SIGUSR1, handle);
  std::thread first(work), second(work);
  for (int sent = 1; sent <= 20; ++sent) {
    pthread_kill(sent % 2 ? first.native_handle() : second.native_handle(), SIGUSR1);
    while (handled.load(std::memory_order_relaxed) < sent) invisibleYield();
  }
  done.store(true, std::memory_order_release);
  first.join();
  second.join();
  std::printf("%d %d\n", handled.load(), counter >= 0);
}
