// Intent: two fields that belong together are updated by two threads without a lock.
// Expect: lost update on 'Account::balance' at BALANCE, BALANCE
// Allow: lost update on 'Account::deposits' at DEPOSITS, DEPOSITS
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Account {
  long balance = 0;
  int deposits = 0;

  void deposit(long amount) {
    balance += amount;  // RACE-BALANCE
    deposits += 1;      // RACE-DEPOSITS
  }
};

Account account;
InvisibleTurns turns;

int main() {
  std::thread first([] {
    account.deposit(10);
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    account.deposit(20);
  });
  first.join();
  second.join();
  std::printf("%ld %d\n", account.balance, account.deposits);
}
