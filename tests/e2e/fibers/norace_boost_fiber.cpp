// Intent: fibers of Boost.Fiber on two threads share a counter under a fibers::mutex.
// Expect: silent
// Primitive: Boost.Fiber
// Flags: -lboost_fiber -lboost_context
#include <boost/fiber/all.hpp>
#include <cstdio>
#include <thread>

#include "invisible.h"

namespace fibers = boost::fibers;

InvisibleTurns turns;
fibers::mutex mutex;
int counter = 0;

void add() {
  for (int i = 0; i < 3; ++i) {
    std::unique_lock<fibers::mutex> lock(mutex);
    counter += 1;
    lock.unlock();
    boost::this_fiber::yield();
  }
}

void run() {
  fibers::fiber one(add), two(add);
  one.join();
  two.join();
}

int main() {
  std::thread other([] {
    run();
    invisiblePass(&turns);
  });
  run();
  other.join();
  std::printf("%d\n", counter);
}
