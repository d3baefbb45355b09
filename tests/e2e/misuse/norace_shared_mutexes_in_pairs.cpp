// Intent: shared mutexes are unlocked as often as they were locked, in the same mode, also by readers beside waiting writers.
// Expect: silent
// Libraries: libstdc++ libc++ libc++-static
// Primitive: std::shared_mutex, std::shared_timed_mutex, unlock of an unlocked mutex, unlock of a foreign mutex
#include <chrono>
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::shared_mutex table;
std::shared_timed_mutex timed;
long sum = 0, timedSum = 0;

template <typename Mutex>
void work(Mutex& mutex, long& value) {
  mutex.lock_shared();
  if (value < 0) std::puts("broken");
  mutex.unlock_shared();
  if (mutex.try_lock_shared()) mutex.unlock_shared();
  if (mutex.try_lock()) {
    value += 1;
    mutex.unlock();
  }
  std::unique_lock<Mutex> first(mutex);
  std::unique_lock<Mutex> second(std::move(first));
  value += 1;
}

void run() {
  for (int i = 0; i < 50; ++i) {
    work(table, sum);
    work(timed, timedSum);
    if (timed.try_lock_for(std::chrono::seconds(60))) {
      timedSum += 1;
      timed.unlock();
    }
    if (timed.try_lock_shared_for(std::chrono::seconds(60))) timed.unlock_shared();
  }
}

int main() {
  std::thread one(run), two(run), three(run);
  one.join();
  two.join();
  three.join();
  std::printf("%d\n", sum > 0 && timedSum > 0);
}
