// Intent: destructors of thread-local objects run in their thread, before the join returns.
// Expect: silent
// Primitive: TLS destructors
#include <cstdio>
#include <string>
#include <thread>

std::string journal[3];

struct Farewell {
  std::string text;
  int slot = 0;
  ~Farewell() { journal[slot] = text + " ended"; }
};

thread_local Farewell farewell;

void work(int slot) {
  farewell.slot = slot;
  farewell.text = "thread " + std::to_string(slot);
}

int main() {
  std::thread first(work, 1), second(work, 2);
  first.join();
  second.join();
  std::printf("%s, %s\n", journal[1].c_str(), journal[2].c_str());
}
