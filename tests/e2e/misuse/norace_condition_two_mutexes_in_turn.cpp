// Intent: one condition_variable with one mutex, and later, when nobody waits any more, with another.
// Expect: silent
// Primitive: std::condition_variable, wait with two mutexes
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

std::mutex one, other;
std::condition_variable changed;
int ready = 0;

void meet(std::mutex& mutex) {
  std::thread waiter([&mutex] {
    std::unique_lock<std::mutex> lock(mutex);
    while (ready == 0) changed.wait(lock);
    ready = 0;
  });
  mutex.lock();
  ready = 1;
  mutex.unlock();
  changed.notify_all();
  waiter.join();
}

int main() {
  for (int i = 0; i < 10; ++i) {
    meet(one);
    meet(other);
  }
  std::printf("%d\n", ready);
}
