// Intent: readers let go before they write, and ask for the lock only with a try or a time limit while they read.
// Expect: silent
// Primitive: std::shared_mutex, std::shared_timed_mutex, read-lock upgraded to write, self-deadlock
#include <chrono>
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::shared_timed_mutex table;
std::shared_mutex other;
int value = 0;

void work() {
  for (int i = 0; i < 20; ++i) {
    {
      std::shared_lock<std::shared_timed_mutex> reading(table);
      if (value > 1000 || table.try_lock() || table.try_lock_for(std::chrono::microseconds(1))) std::puts("broken");
    }
    table.lock();
    value += 1;
    table.unlock();
    other.lock_shared();
    if (other.try_lock()) std::puts("broken");
    other.unlock_shared();
  }
}

int main() {
  std::thread one(work), two(work);
  one.join();
  two.join();
  std::printf("%d\n", value);
}
