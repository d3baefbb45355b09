// Intent: walking a list follows a link that an insertion changes inside the C++ library.
// Primitive: std::list (library's nodes)
// Expect: data race on '*' at INSERT, WALK
#include <cstdio>
#include <list>
#include <thread>

#include "invisible.h"

std::list<int> numbers{1, 2, 3};
InvisibleTurns turns;

int main() {
  int sum = 0;
  std::thread reader([&] {
    for (int number : numbers) sum += number;  // RACE-WALK
    invisiblePass(&turns);
  });
  std::thread writer([] {
    invisibleAwait(&turns, 1);
    numbers.push_back(4);  // RACE-INSERT
  });
  reader.join();
  writer.join();
  std::printf("%d %zu\n", sum, numbers.size());
}
