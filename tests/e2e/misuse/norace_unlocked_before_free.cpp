// Intent: objects are deleted after everybody has unlocked their mutexes, the last time by the deleting thread itself.
// Expect: silent
// Libraries: libstdc++ libc++
// Primitive: free of a locked mutex
#include <cstdio>
#include <mutex>
#include <thread>

struct Account {
  long number = 7;
  std::mutex mutex;
};

int main() {
  long sum = 0;
  for (int round = 0; round < 10; ++round) {
    Account* account = new Account;
    std::thread user([account] {
      std::lock_guard<std::mutex> lock(account->mutex);
      account->number += 1;
    });
    user.join();
    account->mutex.lock();
    sum += account->number;
    account->mutex.unlock();
    delete account;
  }
  std::printf("%ld\n", sum);
}
