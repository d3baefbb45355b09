// Intent: a variable is read only by the thread that owns it, by code that could as well read it before it knows.
// Levels: O1 O2 O3
// Expect: silent
#include <cstdio>
#include <thread>

int owned = 0;

// Without the condition both threads would touch `owned`; the optimizer may turn it into a read and a choice.
__attribute__((noinline)) int valueFor(bool isOwner) { return isOwner ? owned : 0; }

int main() {
  int sum = 0;
  std::thread other([&] {
    for (int i = 0; i < 1000; ++i) sum += valueFor(false);
  });
  for (int i = 0; i < 1000; ++i) owned += 1 + valueFor(true) % 2;
  other.join();
  std::printf("%d %d\n", sum, owned);
}
