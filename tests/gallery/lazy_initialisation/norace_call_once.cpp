// Intent: std::call_once creates the service; everybody may use it afterwards.
// Expect: silent
// Primitive: std::call_once
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

struct Service {
  int answers[16];
  Service() {
    for (int i = 0; i < 16; ++i) answers[i] = i * i;
  }
};

std::once_flag created;
Service* instance = nullptr;

Service& service() {
  std::call_once(created, [] { instance = new Service; });
  return *instance;
}

int main() {
  std::vector<int> sums(4);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&sums, i] {
      for (int answer : service().answers) sums[i] += answer;
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%d %d %d %d\n", sums[0], sums[1], sums[2], sums[3]);
  delete instance;
}
