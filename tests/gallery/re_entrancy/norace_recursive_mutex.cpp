// Intent: std::recursive_mutex may be locked again by its owner, and protects until its last unlock.
// Expect: silent
// Primitive: std::recursive_mutex, self-deadlock
#include <cstdio>
#include <mutex>
#include <thread>

class Account {
 public:
  void withdraw(int amount) {
    std::lock_guard<std::recursive_mutex> lock(mutex_);
    balance_ -= amount;
  }

  void withdrawTwice(int amount) {
    std::lock_guard<std::recursive_mutex> lock(mutex_);
    withdraw(amount);
    withdraw(amount);
    withdrawals_ += 2;  // still locked: only the inner lock was released
  }

  void print() const { std::printf("%d %d\n", balance_, withdrawals_); }

 private:
  std::recursive_mutex mutex_;
  int balance_ = 10000;
  int withdrawals_ = 0;
};

Account account;

int main() {
  auto work = [] {
    for (int i = 0; i < 200; ++i) account.withdrawTwice(1);
  };
  std::thread first(work), second(work);
  first.join();
  second.join();
  account.print();
}
