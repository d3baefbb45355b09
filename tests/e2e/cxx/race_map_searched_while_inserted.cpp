// Intent: a lookup follows links of the tree that an insertion changes inside the C++ library.
// Primitive: std::map (library's tree)
// Expect: data race on '*' at INSERT, FIND
#include <cstdio>
#include <map>
#include <thread>

#include "invisible.h"

std::map<int, int> squares;
InvisibleTurns turns;

int main() {
  squares[5] = 25;
  int found = 0;
  std::thread reader([&] {
    found = squares.count(6);  // RACE-FIND
    invisiblePass(&turns);
  });
  std::thread writer([] {
    invisibleAwait(&turns, 1);
    squares.emplace(7, 49);  // RACE-INSERT
  });
  reader.join();
  writer.join();
  std::printf("%d %zu\n", found, squares.size());
}
