// Intent: the initialiser of a static enters another function with a static, and itself comes back by another thread.
// Primitive: function-local static
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <thread>
#include <vector>

int depth(int levels);

template <int Level>
int level() {
  static const int value = [] {
    if constexpr (Level == 0)
      return 1;
    else
      return level<Level - 1>() + 1;
  }();
  return value;
}

int main() {
  std::vector<std::thread> threads;
  int seen[4];
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([i, &seen] { seen[i] = i % 2 == 0 ? level<6>() : level<3>() + level<5>(); });
  for (std::thread& thread : threads) thread.join();
  std::printf("%d %d %d %d\n", seen[0], seen[1], seen[2], seen[3]);
}
