// Intent: atomic::wait and notify on a number, a flag and an object without a futex's size.
// Primitive: std::atomic::wait, std::atomic::notify_one
// Libraries: libstdc++ libc++-static
// Expect: silent
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> state{0};
std::atomic<long> wide{0};
std::atomic_flag flag;
std::atomic<char> narrow{0};
int message = 0;

int main() {
  int seen = 0;
  std::thread waiter([&seen] {
    state.wait(0);
    seen = message;
    wide.store(1);
    wide.notify_one();
    flag.wait(false);
    seen += message;
    narrow = 1;
    narrow.notify_all();
  });
  message = 1;
  state.store(1, std::memory_order_release);
  state.notify_one();
  wide.wait(0);
  message = 2;
  flag.test_and_set();
  flag.notify_one();
  narrow.wait(0);
  message = 3;
  waiter.join();
  std::printf("%d\n", seen);
}
