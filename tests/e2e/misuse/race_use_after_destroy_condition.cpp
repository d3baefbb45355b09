// Intent: a condition_variable is notified after the end of its life.
// Expect: use after destroy on '*' at USE, DESTROY
// Libraries: libstdc++ libc++
// Primitive: std::condition_variable, use after destroy
#include <condition_variable>
#include <cstdio>
#include <optional>

std::optional<std::condition_variable> changed;

int main() {
  std::condition_variable& same = changed.emplace();
  changed.reset();    // RACE-DESTROY
  same.notify_one();  // RACE-USE
  std::printf("done\n");
}
