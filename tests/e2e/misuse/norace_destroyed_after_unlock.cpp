// Intent: mutexes and conditions are unlocked, destroyed and made again in the same place.
// Expect: silent
// Libraries: libstdc++ libc++
// Primitive: std::mutex, std::recursive_mutex, std::condition_variable, destroy of a locked mutex, use after destroy
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>

struct Meeting {
  std::mutex mutex;
  std::recursive_mutex again;
  std::condition_variable changed;
  int ready = 0;
};

std::optional<Meeting> meeting;

int main() {
  int sum = 0;
  for (int i = 0; i < 10; ++i) {
    meeting.emplace();
    std::thread other([] {
      std::lock_guard<std::recursive_mutex> outer(meeting->again);
      std::lock_guard<std::mutex> lock(meeting->mutex);
      meeting->ready = 1;
      meeting->changed.notify_one();
    });
    {
      std::unique_lock<std::mutex> lock(meeting->mutex);
      meeting->changed.wait(lock, [] { return meeting->ready != 0; });
      sum += meeting->ready;
    }
    other.join();
    meeting.reset();
  }
  std::printf("%d\n", sum);
}
