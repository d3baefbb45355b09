// Intent: several threads log through spdlog and fmt, used as headers, into a sink that keeps the lines.
// Expect: [!RACY] silent
// Expect: [RACY] lost update on 'LineCounter::lines' at COUNT, COUNT
// Levels: [RACY] O2
#ifndef SPDLOG_HEADER_ONLY
#define SPDLOG_HEADER_ONLY
#endif
#ifndef FMT_HEADER_ONLY
#define FMT_HEADER_ONLY
#endif
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "invisible.h"

constexpr int kThreads = 4;
constexpr int kMessages = 60;  // of each thread

// Keeps every line under the lock that base_sink takes.
class KeepingSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  const std::vector<std::string>& lines() const { return lines_; }

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t text;
    formatter_->format(message, text);
    lines_.emplace_back(text.data(), text.size());
  }
  void flush_() override {}

 private:
  std::vector<std::string> lines_;
};

struct LineCounter {
#ifdef RACY
  long lines = 0;
#else
  std::atomic<long> lines{0};
#endif
};

LineCounter counter;
InvisibleTurns started;

void logMany(std::shared_ptr<spdlog::logger> logger, int self) {
  invisibleMeet(&started, kThreads);
  for (int i = 0; i < kMessages; ++i) {
    counter.lines += 1;  // RACE-COUNT
    logger->info("thread {} writes line {:03} of {:.1f} %", self, i, 100.0 * i / kMessages);
    logger->debug("this level is off: {}", i);
  }
}

int main() {
  auto sink = std::make_shared<KeepingSink>();
  auto logger = std::make_shared<spdlog::logger>("main", sink);
  logger->set_pattern("[%n] [%l] %v");
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(logMany, logger, i);
  for (std::thread& thread : threads) thread.join();
  size_t letters = 0;
  for (const std::string& line : sink->lines()) letters += line.size();
  std::printf("%zu lines, %zu letters\n", sink->lines().size(), letters);
#ifndef RACY
  std::printf("%ld counted\n", counter.lines.load());
#endif
}
