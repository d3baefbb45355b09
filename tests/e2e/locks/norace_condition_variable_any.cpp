// Intent: condition_variable_any, and wait_for and wait_until of condition_variable.
// Expect: silent
// Primitive: std::condition_variable_any, std::condition_variable
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;

std::mutex mutex;
std::condition_variable usual;
std::condition_variable_any any;
int stage = 0;

void waitFor(int wanted) {
  std::unique_lock<std::mutex> lock(mutex);
  if (wanted % 2 == 0) {
    any.wait(lock, [wanted] { return stage >= wanted; });
  } else if (wanted % 3 == 0) {
    while (!usual.wait_for(lock, 10s, [wanted] { return stage >= wanted; })) {
    }
  } else {
    while (!usual.wait_until(lock, std::chrono::system_clock::now() + 10s, [wanted] { return stage >= wanted; })) {
    }
  }
}

void advance() {
  {
    std::lock_guard<std::mutex> lock(mutex);
    stage += 1;
  }
  usual.notify_all();
  any.notify_all();
}

int values[13];

int main() {
  std::thread other([] {
    for (int wanted = 1; wanted < 12; wanted += 2) {
      waitFor(wanted);
      values[wanted + 1] = values[wanted] + 1;
      advance();
    }
  });
  for (int wanted = 0; wanted < 12; wanted += 2) {
    waitFor(wanted);
    values[wanted + 1] = values[wanted] + 1;
    advance();
  }
  other.join();
  std::printf("%d\n", values[12]);
}
