// Intent: what the parent wrote before creating a thread and what the thread wrote before its end are ordered.
// Expect: silent
// Primitive: std::thread
#include <cstdio>
#include <thread>
#include <vector>

int main() {
  std::vector<int> values(64, 1);
  for (int round = 0; round < 6; ++round) {
    values[round] += 10;
    std::thread outer([&values] {
      for (int& value : values) value += 1;
      std::thread inner([&values] {
        for (int& value : values) value *= 2;
      });
      inner.join();
      for (int& value : values) value -= 1;
    });
    outer.join();
    values[63 - round] -= 1;
  }
  long sum = 0;
  for (int value : values) sum += value;
  std::printf("%ld\n", sum);
}
