// Intent: blocks of a matrix product on Eigen are computed by a pool of threads and their norms are summed up.
// Expect: [!RACY] silent
// Expect: [RACY] lost update on 'norm|MatrixJob::norm' at NORM, NORM
// Levels: [RACY] O2
// Flags: -isystem /usr/include/eigen3
#define EIGEN_DONT_PARALLELIZE
#include <Eigen/Dense>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

#include "invisible.h"

constexpr int kThreads = 3;
constexpr int kSize = 48;
constexpr int kBlock = 16;

class Pool {
 public:
  Pool() {
    for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { runTasks(); });
  }

  ~Pool() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  void add(std::function<void()> task) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      tasks_.push(std::move(task));
    }
    changed_.notify_one();
  }

 private:
  void runTasks() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      auto task = std::move(tasks_.front());
      tasks_.pop();
      lock.unlock();
      task();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<std::function<void()>> tasks_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

struct MatrixJob {
  Eigen::MatrixXd left = Eigen::MatrixXd::Constant(kSize, kSize, 0.5);
  Eigen::MatrixXd right = Eigen::MatrixXd::Identity(kSize, kSize);
  Eigen::MatrixXd product = Eigen::MatrixXd::Zero(kSize, kSize);
  std::mutex mutex;
  double norm = 0;

  void computeBlock(int row, int column);
  void addNorm(double part);
};

#ifdef RACY
// Makes sure that two threads add their part at the same time.
InvisibleTurns busyThreads;
thread_local bool wasBusy = false;

void spreadOverThreads() {
  if (wasBusy) return;
  wasBusy = true;
  if (invisiblePass(&busyThreads) == 1) invisibleAwait(&busyThreads, 2);
}
#endif

void MatrixJob::addNorm(double part) {
#ifdef RACY
  spreadOverThreads();
#else
  std::lock_guard<std::mutex> lock(mutex);
#endif
  norm += part;  // RACE-NORM
}

void MatrixJob::computeBlock(int row, int column) {
  auto block = product.block(row, column, kBlock, kBlock);
  block.noalias() = left.middleRows(row, kBlock) * right.middleCols(column, kBlock);
  addNorm(block.squaredNorm());
}

int main() {
  MatrixJob job;
  {
    Pool pool;
    for (int row = 0; row < kSize; row += kBlock) {
      for (int column = 0; column < kSize; column += kBlock) {
        pool.add([&job, row, column] { job.computeBlock(row, column); });
      }
    }
  }
  std::printf("%.3f\n", job.product.sum());
#ifndef RACY
  std::printf("%.3f\n", job.norm);
#endif
}
