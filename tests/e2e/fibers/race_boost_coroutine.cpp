// Intent: a coroutine of Boost.Coroutine2 makes numbers for the thread that asks; another thread reads its state without order.
// Expect: data race on 'made' at WRITE, READ
// Primitive: Boost.Coroutine2
// Flags: -lboost_context
#include <boost/coroutine2/all.hpp>
#include <cstdio>
#include <thread>

#include "invisible.h"

using Coroutine = boost::coroutines2::coroutine<int>;

InvisibleTurns turns;
int made = 0;

int sum() {
  int made_here = 0, total = 0;
  Coroutine::pull_type numbers([&](Coroutine::push_type& push) {
    for (int i = 1; i <= 5; ++i) {
      made = i;  // RACE-WRITE
      push(i);
    }
  });
  for (int number : numbers) total += number;
  return total + made_here;
}

int main() {
  int first = 0, second = 0;
  std::thread one([&] {
    first = sum();
    invisiblePass(&turns);
  });
  std::thread two([&] {
    invisibleAwait(&turns, 1);
    second = made;  // RACE-READ
  });
  one.join();
  two.join();
  std::printf("%d %d\n", first, second);
}
