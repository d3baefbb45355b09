// Intent: pthread_barrier_t separates the phases.
// Expect: silent
// Primitive: barrier
#include <pthread.h>

#include <cstdio>
#include <thread>
#include <vector>

constexpr int kWorkers = 3;
constexpr int kPhases = 20;
long cells[2][kWorkers];
pthread_barrier_t phaseEnd;

void work(int self) {
  for (int phase = 0; phase < kPhases; ++phase) {
    long* now = cells[phase % 2];
    long* next = cells[(phase + 1) % 2];
    next[self] = now[self] + now[(self + 1) % kWorkers];
    pthread_barrier_wait(&phaseEnd);
  }
}

int main() {
  for (int i = 0; i < kWorkers; ++i) cells[0][i] = i;
  pthread_barrier_init(&phaseEnd, nullptr, kWorkers);
  std::vector<std::thread> threads;
  for (int i = 0; i < kWorkers; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
  std::printf("%ld %ld %ld\n", cells[0][0], cells[0][1], cells[0][2]);
}
