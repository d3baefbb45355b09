// Bench: groups=sync lock-heavy; args=6000000 64; quick=150000 64; valgrind=10000 64
// Transfers between accounts; each account has a lock, and a transfer takes both in the order of the accounts.
// Few accounts: the deadlock detectors of other tools need time that grows with the square of their number.
#include "../support.h"

#include <algorithm>
#include <mutex>

struct Account {
  std::mutex mutex;
  long balance = 1000;
};

static void transfer(std::vector<Account>& accounts, size_t from, size_t to, long amount) {
  if (from == to) return;
  std::lock_guard<std::mutex> first(accounts[std::min(from, to)].mutex);
  std::lock_guard<std::mutex> second(accounts[std::max(from, to)].mutex);
  accounts[from].balance -= amount;
  accounts[to].balance += amount;
}

int main(int argc, char** argv) {
  long transfers = argumentOr(argc, argv, 1, 6000000), count = argumentOr(argc, argv, 2, 64);
  int threads = int(argumentOr(argc, argv, 3, 2));
  std::vector<Account> accounts(count);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(transfers, threads, index);
    uint64_t seed = uint64_t(index) + 1;
    for (long i = mine.first; i < mine.last; ++i) {
      size_t from = randomBelow(&seed, uint64_t(count)), to = randomBelow(&seed, uint64_t(count));
      transfer(accounts, from, to, long(i % 10));
    }
  });
  uint64_t sum = 0;
  for (const Account& account : accounts) sum = fold(sum, uint64_t(account.balance));
  printChecksum(sum);
}
