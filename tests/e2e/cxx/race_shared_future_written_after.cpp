// Intent: readers of a shared_future get what came before set_value, not what the setter does later.
// Primitive: std::shared_future
// Libraries: libstdc++ libc++
// Expect: data race on 'late' at WRITE, READ
#include <cstdio>
#include <future>
#include <thread>
#include <vector>

#include "invisible.h"

int late = 0;
InvisibleTurns turns;

int main() {
  int seen[3] = {};
  std::vector<std::thread> readers;
  {
    std::promise<std::vector<int>> answer;
    std::shared_future<std::vector<int>> shared = answer.get_future().share();
    for (int i = 0; i < 3; ++i)
      readers.emplace_back([i, shared, &seen]() mutable {
        seen[i] = shared.get()[i];
        if (i == 0) {
          invisibleAwait(&turns, 1);
          seen[i] += late;  // RACE-READ
        }
        shared = {};
      });
    answer.set_value({1, 2, 3});
    late = 1;  // RACE-WRITE
    invisiblePass(&turns);
  }
  for (std::thread& reader : readers) reader.join();
  std::printf("%d %d %d\n", seen[0], seen[1], seen[2]);
}
