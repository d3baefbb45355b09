// Intent: two threads fill the two halves of an array whose border is not aligned to a vector.
// Expect: silent
// Levels: O2 O3
#include <cstdio>
#include <thread>
#include <vector>

std::vector<float> cells(1003);

void fill(size_t from, size_t to) {
  for (size_t i = from; i < to; ++i) cells[i] = 0.5f * float(i) + cells[i];
}

int main() {
  std::thread first(fill, 0, 501), second(fill, 501, 1003);
  first.join();
  second.join();
  double sum = 0;
  for (float cell : cells) sum += cell;
  std::printf("%.1f\n", sum);
}
