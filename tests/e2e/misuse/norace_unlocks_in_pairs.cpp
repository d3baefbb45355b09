// Intent: mutexes of every kind are unlocked as often as they were locked, by who locked them, whoever owns the lock object.
// Expect: silent
// Libraries: libstdc++ libc++
// Primitive: std::mutex, std::timed_mutex, std::shared_mutex, std::recursive_mutex, unlock of an unlocked mutex, unlock of a foreign mutex
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::mutex plain;
std::recursive_mutex recursive;
std::recursive_timed_mutex recursiveTimed;
std::timed_mutex timed;
std::shared_mutex table;
long sum = 0;

void work() {
  for (int i = 0; i < 50; ++i) {
    std::unique_lock<std::mutex> first(plain);
    std::unique_lock<std::mutex> second(std::move(first));
    second.unlock();
    second.lock();
    std::lock_guard<std::recursive_mutex> outer(recursive);
    std::lock_guard<std::recursive_mutex> inner(recursive);
    recursiveTimed.lock();
    recursiveTimed.lock();
    recursiveTimed.unlock();
    recursiveTimed.unlock();
    sum += 1;
    second.release()->unlock();
    if (timed.try_lock_for(std::chrono::seconds(60))) timed.unlock();
    table.lock_shared();
    if (table.try_lock_shared()) table.unlock_shared();
    table.unlock_shared();
    if (table.try_lock()) table.unlock();
  }
}

int main() {
  std::thread one(work), two(work);
  one.join();
  two.join();
  std::printf("%ld\n", sum);
}
