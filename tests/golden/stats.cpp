// Read by the golden reports as the source of their findings; never compiled.
#include <mutex>
#include <thread>

struct Stats {
  long hits;
  long misses;
} stats;
std::mutex m, n;

void increment() { stats.hits += 1; }
void reset() { stats.hits = 0; }
long total() { return stats.hits + stats.misses; }
const char* hostile = "</script><script>alert(1)</script> & ]]> %0A ::error::";  // <b>&amp;</b>

void forth() {
  std::lock_guard first(m);
  n.lock();
}

void back() {
  std::lock_guard first(n);
  m.lock();
}

int main() {
  std::thread a(forth), b(back);
  int* block = new int[100];
  a.join();
  b.join();
}
