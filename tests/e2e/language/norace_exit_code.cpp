// Intent: a program without races keeps its own exit code.
// Expect: silent
// Exit: 7
#include <cstdlib>
#include <thread>

int main() {
  int code = 0;
  std::thread([&code] { code = 7; }).join();
  std::exit(code);
}
