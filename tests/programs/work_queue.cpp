// Intent: jobs go through moodycamel's lock-free queues to workers and their results come back the same way.
// Expect: [!RACY] silent
// Expect: [RACY] lost update on 'Progress::jobsDone' at DONE, DONE
// Levels: [RACY] O2
#include <concurrentqueue/blockingconcurrentqueue.h>
#include <concurrentqueue/concurrentqueue.h>

#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "invisible.h"

constexpr int kWorkers = 3;
constexpr int kProducers = 2;
constexpr int kJobs = 150;  // of each producer

struct Job {
  std::vector<int> numbers;
  long sum = 0;
};

struct Progress {
  std::mutex mutex;
  int jobsDone = 0;
};

using JobPointer = std::unique_ptr<Job>;

moodycamel::BlockingConcurrentQueue<JobPointer> jobs;
moodycamel::ConcurrentQueue<JobPointer> results;
Progress progress;

#ifdef RACY
// Makes sure that two workers finish at least one job each, at the same time.
InvisibleTurns busyWorkers;
thread_local bool wasBusy = false;

void spreadOverWorkers() {
  if (wasBusy) return;
  wasBusy = true;
  if (invisiblePass(&busyWorkers) == 1) invisibleAwait(&busyWorkers, 2);
}
#endif

void countJob() {
#ifdef RACY
  spreadOverWorkers();
#else
  std::lock_guard<std::mutex> lock(progress.mutex);
#endif
  progress.jobsDone += 1;  // RACE-DONE
}

// Everybody enqueues through a token. Without one this version of the queue recycles blocks that other consumers may still be emptying:
// each consumer counts with a release, but the last one, which gives the block away, acquires nothing
// (https://github.com/cameron314/concurrentqueue/issues/404). Snag reports that race, rightly, in about one run of thirteen.
void produce(int self) {
  moodycamel::ProducerToken token(jobs);
  for (int i = 0; i < kJobs; ++i) {
    auto job = std::make_unique<Job>();
    for (int k = 0; k < 20; ++k) job->numbers.push_back(self * i + k);
    jobs.enqueue(token, std::move(job));
  }
}

void work() {
  moodycamel::ProducerToken token(results);
  while (true) {
    JobPointer job;
    jobs.wait_dequeue(job);
    if (!job) return;  // the sentinel
    for (int number : job->numbers) job->sum += number;
    results.enqueue(token, std::move(job));
    countJob();
  }
}

int main() {
  std::vector<std::thread> workers, producers;
  for (int i = 0; i < kWorkers; ++i) workers.emplace_back(work);
  for (int i = 0; i < kProducers; ++i) producers.emplace_back(produce, i + 1);
  long sum = 0;
  for (int received = 0; received < kProducers * kJobs;) {
    JobPointer result;
    if (!results.try_dequeue(result)) {
      std::this_thread::yield();
      continue;
    }
    sum += result->sum;
    received += 1;
  }
  for (std::thread& producer : producers) producer.join();
  moodycamel::ProducerToken token(jobs);
  for (int i = 0; i < kWorkers; ++i) jobs.enqueue(token, nullptr);
  for (std::thread& worker : workers) worker.join();
  std::printf("%ld\n", sum);
}
