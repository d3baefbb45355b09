// Intent: one thread inserts into a hash map, which rehashes, after another has looked something up in it.
// Expect: data race|lost update|heap-use-after-free race on '*' at INSERT, LOOKUP
// Allow: data race|lost update|heap-use-after-free race on '*' at INSERT, LOOKUP
// Primitive: std::thread
#include <cstdio>
#include <thread>
#include <unordered_map>

#include "invisible.h"

std::unordered_map<int, int> squares;
InvisibleTurns turns;
int found = 0;

void lookUp() {
  found = squares.find(3)->second;  // RACE-LOOKUP
}

void insertMany() {
  for (int i = 10; i < 40; ++i) squares.emplace(i, i * i);  // RACE-INSERT
}

int main() {
  for (int i = 0; i < 10; ++i) squares.emplace(i, i * i);
  std::thread reader([] {
    lookUp();
    invisiblePass(&turns);
  });
  std::thread writer([] {
    invisibleAwait(&turns, 1);
    insertMany();
  });
  reader.join();
  writer.join();
  std::printf("%d %zu\n", found, squares.size());
}
