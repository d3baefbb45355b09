// Intent: waking from a relaxed wait orders nothing.
// Primitive: std::atomic::wait, std::atomic::notify_one
// Libraries: libstdc++ libc++-static
// Expect: data race on 'message' at WRITE, READ
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> state{0};
int message = 0;

int main() {
  int seen = 0;
  std::thread waiter([&seen] {
    state.wait(0, std::memory_order_relaxed);
    seen = message;  // RACE-READ
  });
  message = 1;  // RACE-WRITE
  state.store(1, std::memory_order_release);
  state.notify_one();
  waiter.join();
  std::printf("%d\n", seen);
}
