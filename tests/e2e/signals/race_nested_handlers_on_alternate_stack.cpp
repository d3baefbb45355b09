// Intent: a nested handler on an alternate stack writes a message and counts with a relaxed atomic.
// Expect: data race on '(anonymous namespace)::message|message' at WRITE, READ
// Primitive: alternate signal stack, nested signal handlers, signal handler with atomics
#include <signal.h>

#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

#include "invisible.h"

namespace {

int message = 0, copy = 0;
std::atomic<int> depth{0};
InvisibleTurns turns;

void inner(int) {
  message = 1;  // RACE-WRITE
  depth.fetch_add(1, std::memory_order_relaxed);
}

void outer(int) {
  depth.fetch_add(1, std::memory_order_relaxed);
  raise(SIGUSR2);
}

void install(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_ONSTACK;
  sigaction(signal, &action, nullptr);
}

void receive() {
  std::vector<char> alternate(65536);
  stack_t stack = {}, none = {};
  stack.ss_sp = alternate.data();
  stack.ss_size = alternate.size();
  none.ss_flags = SS_DISABLE;
  sigaltstack(&stack, nullptr);
  raise(SIGUSR1);
  sigaltstack(&none, nullptr);
  invisiblePass(&turns);
}

}  // namespace

int main() {
  install(SIGUSR1, outer);
  install(SIGUSR2, inner);
  std::thread receiver(receive);
  std::thread reader([] {
    invisibleAwait(&turns, 1);
    while (depth.load(std::memory_order_relaxed) < 2) invisibleYield();
    copy = message;  // RACE-READ
  });
  receiver.join();
  reader.join();
  std::printf("%d %d\n", copy, depth.load());
}
