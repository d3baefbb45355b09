// Bench: groups=sync; args=12000000; quick=150000; valgrind=5000
// A bounded queue without locks: each slot carries a turn number that says whether it waits for a producer or a
// consumer. Half of the threads produce, half consume.
#include "../support.h"

#include <atomic>
#include <thread>

struct Message {
  uint64_t number;
  char kind;
};

class Queue {
 public:
  explicit Queue(size_t size) : slots_(size) {
    for (size_t i = 0; i < size; ++i) slots_[i].turn.store(i, std::memory_order_relaxed);
  }

  void push(Message message) {
    size_t ticket = pushed_.fetch_add(1, std::memory_order_relaxed);
    Slot& slot = slots_[ticket % slots_.size()];
    awaitTurn(slot, ticket);
    slot.message = message;
    slot.turn.store(ticket + 1, std::memory_order_release);
  }

  Message pop() {
    size_t ticket = popped_.fetch_add(1, std::memory_order_relaxed);
    Slot& slot = slots_[ticket % slots_.size()];
    awaitTurn(slot, ticket + 1);
    Message message = slot.message;
    slot.turn.store(ticket + slots_.size(), std::memory_order_release);
    return message;
  }

 private:
  struct Slot {
    std::atomic<size_t> turn{0};
    Message message{};
  };

  static void awaitTurn(Slot& slot, size_t turn) {
    for (int tries = 1; slot.turn.load(std::memory_order_acquire) != turn; ++tries)
      if (tries % 64 == 0) std::this_thread::yield();
  }

  std::vector<Slot> slots_;
  std::atomic<size_t> pushed_{0}, popped_{0};
};

int main(int argc, char** argv) {
  long messages = argumentOr(argc, argv, 1, 12000000);
  int pairs = int(argumentOr(argc, argv, 2, 2)) / 2;
  if (pairs < 1) pairs = 1;
  Queue queue(1024);
  std::vector<uint64_t> sums(pairs);
  onThreads(2 * pairs, [&](int index) {
    Range mine = shareOf(messages, pairs, index / 2);
    for (long i = mine.first; i < mine.last; ++i) {
      if (index % 2 == 0)
        queue.push({uint64_t(i), char('a' + i % 26)});
      else {
        Message message = queue.pop();
        sums[index / 2] += message.number * uint64_t(message.kind);  // a sum: the order of arrival may differ
      }
    }
  });
  uint64_t sum = 0;
  for (uint64_t part : sums) sum += part;
  printChecksum(fold(1, sum));
}
