// What the C++ library does to an object of the program is told by the program's names, not by the library's members.
// RUN: %clangxx -O0 -g -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s
// RUN: %clangxx -O2 -g -fpass-plugin=%plugin %s %runtime -o %t && env SNAG_TRACE=1 %t 2>&1 | %FileCheck %s --check-prefixes=CHECK,INLINED
#include <atomic>
#include <vector>
#define KEEP __attribute__((noinline))

struct Pool {
  int used;
  std::vector<int> slots;
  std::atomic<int> users;
  KEEP void touch(int i) { slots[i]++; }
  KEEP void enter() { users.fetch_add(1); }
};
template <typename F> KEEP void call(F f) { f(); }
std::vector<int> numbers(4);
std::atomic<int> ready;
KEEP void ofGlobal(int i) { numbers[i]++; }
KEEP void ofParameter(std::vector<int> &values, int i) { values[i]++; }
KEEP void size(std::vector<int> &values) { values.pop_back(); }
KEEP void announce() { ready.store(1); }

int main() {
  ofGlobal(1);
  // CHECK: write4 4 kind=3 variable=numbers field=- function=ofGlobal
  ofParameter(numbers, 2);
  // CHECK: write4 4 kind=3 variable=values field=- function=ofParameter
  size(numbers);
  // INLINED: write8 8 kind=3 variable=values field=- function=std::vector<{{.*}}>::pop_back
  announce();
  // INLINED: atomic_enter 4 kind=6 variable=ready field=- function=std::
  Pool pool{0, std::vector<int>(4), {0}};
  pool.touch(1);
  // CHECK: write4 4 kind=3 variable=slots field=- function=Pool::touch
  pool.enter();
  // INLINED: atomic_enter 4 kind=7 variable=this field=Pool::users function=std::
  std::vector<int> local(4);
  call([&local] { local[2]++; });
  // CHECK: write4 4 kind=3 variable=local field=- function=main::lambda
  call([&pool] { pool.slots[2]++; });
  // CHECK: write4 4 kind=3 variable=pool field=- function=main::lambda
}
