// Intent: detached threads report their end through a mutex and a condition variable.
// Expect: silent
// Primitive: std::thread, pthread_detach
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable changed;
int finished = 0;
int results[8];

int main() {
  for (int i = 0; i < 8; ++i) {
    std::thread([i] {
      results[i] = i * i;
      std::lock_guard<std::mutex> lock(mutex);
      finished += 1;
      changed.notify_one();
    }).detach();
  }
  std::unique_lock<std::mutex> lock(mutex);
  changed.wait(lock, [] { return finished == 8; });
  int sum = 0;
  for (int result : results) sum += result;
  std::printf("%d\n", sum);
}
