// Intent: an account is deleted while another thread holds its mutex.
// Expect: mutex misuse: free of a locked mutex on '*' at FREE, LOCK
// Allow: * on '*' at FREE, LOCK
// Primitive: std::mutex, free of a locked mutex
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

struct Account {
  long number = 7;
  std::mutex mutex;
};

InvisibleTurns turns;

int main() {
  Account* account = new Account;
  std::thread user([account] {
    account->mutex.lock();  // RACE-LOCK
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  });
  invisibleAwait(&turns, 1);
  delete account;  // RACE-FREE
  invisiblePass(&turns);
  user.join();
  std::printf("done\n");
}
