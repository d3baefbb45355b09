// Intent: a global's constructor starts a thread before main, another global's destructor joins one after it.
// Expect: silent
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>

std::mutex mutex;
std::string journal = "start";

struct Worker {
  std::thread thread;
  Worker() {
    thread = std::thread([] {
      std::lock_guard<std::mutex> lock(mutex);
      journal += " worker";
    });
  }
  ~Worker() {
    thread.join();
    std::printf("%zu\n", journal.size());
  }
};

Worker early;
int computed = [] { return int(sizeof journal); }();

int main() {
  std::lock_guard<std::mutex> lock(mutex);
  journal += " main";
}
