// Intent: an event made of a mutex, a flag and a condition variable.
// Expect: silent
// Primitive: std::condition_variable
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

int result = 0;
bool ready = false;
std::mutex readyMutex;
std::condition_variable readyChanged;

int main() {
  int seen = 0;
  std::thread consumer([&seen] {
    std::unique_lock<std::mutex> lock(readyMutex);
    readyChanged.wait(lock, [] { return ready; });
    lock.unlock();
    seen = result;
  });
  std::thread producer([] {
    result = 42;
    {
      std::lock_guard<std::mutex> lock(readyMutex);
      ready = true;
    }
    readyChanged.notify_all();
  });
  producer.join();
  consumer.join();
  std::printf("%d\n", seen);
}
