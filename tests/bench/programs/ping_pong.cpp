// Bench: groups=sync; args=60000; quick=6000; valgrind=1000
// Two threads hand a ball to each other through a mutex and a condition variable.
#include "../support.h"

#include <condition_variable>
#include <mutex>

class Table {
 public:
  // Waits for the ball, plays it and hands it over.
  void play(int player, int players) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return turn_ == player; });
    ball_ = fold(ball_, uint64_t(player));
    turn_ = (player + 1) % players;
    changed_.notify_all();
  }

  uint64_t ball() const { return ball_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int turn_ = 0;
  uint64_t ball_ = 1;
};

int main(int argc, char** argv) {
  long rounds = argumentOr(argc, argv, 1, 60000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  Table table;
  onThreads(threads, [&](int index) {
    for (long i = 0; i < rounds; ++i) table.play(index, threads);
  });
  printChecksum(table.ball());
}
