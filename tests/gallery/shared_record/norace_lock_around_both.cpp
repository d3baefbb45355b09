// Intent: one lock covers both fields, for writers and for the reader.
// Expect: silent
// Primitive: std::mutex
#include <cstdio>
#include <mutex>
#include <thread>

struct Account {
  std::mutex mutex;
  long balance = 0;
  int deposits = 0;

  void deposit(long amount) {
    std::scoped_lock lock(mutex);
    balance += amount;
    deposits += 1;
  }

  bool consistent() {
    std::scoped_lock lock(mutex);
    return balance == 10L * deposits;
  }
};

Account account;

int main() {
  auto work = [] {
    for (int i = 0; i < 500; ++i) account.deposit(10);
  };
  std::thread first(work), second(work);
  bool consistent = true;
  for (int i = 0; i < 500; ++i) consistent = account.consistent() && consistent;
  first.join();
  second.join();
  std::printf("%d %ld %d\n", consistent, account.balance, account.deposits);
}
