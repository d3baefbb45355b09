// Intent: a method that holds the object's mutex calls another that locks it again.
// Expect: self-deadlock on '*' at INNER, OUTER
// Reference: silent
// Exit: 3
// Primitive: std::mutex, self-deadlock
#include <unistd.h>

#include <mutex>
#include <thread>

#include "invisible.h"

class Account {
 public:
  void withdraw(int amount) {
    std::lock_guard<std::mutex> lock(mutex_);  // RACE-INNER
    balance_ -= amount;
  }
  void transfer() {
    std::lock_guard<std::mutex> lock(mutex_);  // RACE-OUTER
    withdraw(10);
  }

 private:
  std::mutex mutex_;
  int balance_ = 0;
};

Account account;

int main() {
  std::thread stuck([] { account.transfer(); });
  invisibleSleep(200);
  _exit(3);  // the other thread never ends
}
