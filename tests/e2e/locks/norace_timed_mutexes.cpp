// Intent: timed_mutex and recursive_timed_mutex with try_lock, try_lock_for and try_lock_until.
// Expect: silent
// Primitive: std::timed_mutex, std::recursive_timed_mutex
// Reference: does not know pthread_mutex_clocklock everywhere
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;

std::timed_mutex timedMutex;
std::recursive_timed_mutex recursiveMutex;
int timed = 0;
int recursive = 0;

void work() {
  for (int i = 0; i < 60; ++i) {
    while (!timedMutex.try_lock_for(20s)) {
    }
    timed += 1;
    timedMutex.unlock();
    while (!timedMutex.try_lock_until(std::chrono::system_clock::now() + 20s)) {
    }
    timed += 1;
    timedMutex.unlock();
    while (!recursiveMutex.try_lock_for(20s)) {
    }
    while (!recursiveMutex.try_lock()) std::this_thread::yield();
    recursive += 1;
    recursiveMutex.unlock();
    recursive += 1;
    recursiveMutex.unlock();
  }
}

int main() {
  std::thread first(work), second(work);
  first.join();
  second.join();
  std::printf("%d %d\n", timed, recursive);
}
