// Intent: a mutex is unlocked twice.
// Expect: mutex misuse: unlock of an unlocked mutex on 'mutex' at AGAIN, ONCE
// Primitive: std::mutex, unlock of an unlocked mutex
#include <cstdio>
#include <mutex>

std::mutex mutex;
int counter = 0;

int main() {
  mutex.lock();
  counter += 1;
  mutex.unlock();  // RACE-ONCE
  mutex.unlock();  // RACE-AGAIN
  std::printf("%d\n", counter);
}
