// Compiled with snag-clang++: what is called from gcc's OpenMP regions.
#include <cstdio>

#include "regions.h"

void add(int* cell, int value) { *cell += value; }
int look(const int* cell) { return *cell; }

int main(int count, char** arguments) {
  if (count > 1) {
    race(arguments[1]);
    std::puts("done");
    return 0;
  }
  long sum = 0;
  for (int round = 0; round < 10; ++round) sum += useEverything(round);
  std::printf("%ld\n", sum);
}
