// Intent: std::scoped_lock of two mutexes, given in both orders.
// Expect: silent
// Primitive: std::scoped_lock
#include <cstdio>
#include <mutex>
#include <thread>

struct Account {
  std::mutex mutex;
  int balance = 1000;
};

Account left, right;

void transfer(Account& from, Account& to) {
  for (int i = 0; i < 200; ++i) {
    std::scoped_lock lock(from.mutex, to.mutex);
    from.balance -= 1;
    to.balance += 1;
  }
}

int main() {
  std::thread first(transfer, std::ref(left), std::ref(right));
  std::thread second(transfer, std::ref(right), std::ref(left));
  first.join();
  second.join();
  std::printf("%d %d\n", left.balance, right.balance);
}
