// Intent: trees and lists that threads change under a lock, and walk together under a shared one, are in order.
// Primitive: std::map (library's tree), std::list (library's nodes)
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <list>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

std::shared_mutex lock;
std::map<int, int> squares;
std::list<int> recent;

static long walk() {
  std::shared_lock guard(lock);
  long sum = 0;
  for (const auto& [key, square] : squares) sum += square;
  for (auto each = squares.rbegin(); each != squares.rend(); ++each) sum += each->first;
  for (int key : recent) sum += key;
  return sum;
}

static void change(int key) {
  std::unique_lock guard(lock);
  squares.emplace(key, key * key);
  recent.push_back(key);
  if (key % 3 == 0) squares.erase(squares.begin());
  if (key % 4 == 0) recent.pop_front();
  if (key % 5 == 0) recent.reverse();
  if (key % 7 == 0) {
    std::list<int> other{key};
    recent.splice(recent.begin(), other);
  }
}

int main() {
  std::vector<std::thread> threads;
  for (int first = 0; first < 4; ++first)
    threads.emplace_back([first] {
      for (int key = first; key < 200; key += 4) {
        change(key);
        walk();
      }
    });
  for (std::thread& thread : threads) thread.join();
  std::printf("%zu\n", recent.size());
}
