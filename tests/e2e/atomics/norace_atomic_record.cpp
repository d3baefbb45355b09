// Intent: an atomic of 24 bytes goes through libatomic's calls and still orders what was written before.
// Expect: silent
// Primitive: atomic larger than 16 bytes
// Flags: -latomic
#include <atomic>
#include <cstdio>
#include <thread>

struct Version {
  long number = 0;
  long check = 0;
  long spare = 0;
};

std::atomic<Version> version;
int message = 0;

int main() {
  std::thread sender([] {
    message = 42;
    version.store(Version{1, -1, 0}, std::memory_order_release);
  });
  int seen = 0;
  std::thread receiver([&seen] {
    while (version.load(std::memory_order_acquire).number != 1) std::this_thread::yield();
    seen = message;
  });
  sender.join();
  receiver.join();
  std::printf("%d\n", seen);
}
