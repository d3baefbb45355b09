// Intent: opposite orders that cannot meet: under a gate lock, among readers, by trying, in one thread, one after a join.
// Expect: silent
// Reference: reports some of them
// Libraries: libstdc++ libc++
// Primitive: lock order
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::mutex gate;
std::shared_mutex readOne, readOther;
int total = 0;

struct Two {
  std::mutex one, other;
};

void both(std::mutex& outer, std::mutex& inner) {
  std::lock_guard<std::mutex> first(outer);
  std::lock_guard<std::mutex> second(inner);
  total += 1;
}

void together(void (*first)(Two&), void (*second)(Two&), Two& two) {
  std::thread one(first, std::ref(two)), other(second, std::ref(two));
  one.join();
  other.join();
}

int main() {
  Two gated, tried, alone, later, counted;
  together(
      [](Two& two) {
        std::lock_guard<std::mutex> guard(gate);
        both(two.one, two.other);
      },
      [](Two& two) {
        std::lock_guard<std::mutex> guard(gate);
        both(two.other, two.one);
      },
      gated);
  together(
      [](Two&) {
        std::shared_lock<std::shared_mutex> one(readOne);
        std::shared_lock<std::shared_mutex> other(readOther);
      },
      [](Two&) {
        std::shared_lock<std::shared_mutex> other(readOther);
        std::shared_lock<std::shared_mutex> one(readOne);
      },
      gated);
  together([](Two& two) { both(two.one, two.other); },
           [](Two& two) {
             std::unique_lock<std::mutex> other(two.other);
             std::unique_lock<std::mutex> one(two.one, std::try_to_lock);
           },
           tried);
  both(alone.one, alone.other);
  both(alone.other, alone.one);
  std::thread([&] { both(later.one, later.other); }).join();
  std::thread([&] { both(later.other, later.one); }).join();
  together(
      [](Two& two) {
        std::scoped_lock lock(two.one, two.other);
        total += 1;
      },
      [](Two& two) {
        std::scoped_lock lock(two.other, two.one);
        total += 1;
      },
      counted);
  std::printf("%d\n", total > 0);
}
