#include "commands/progress.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <iostream>

namespace snag::commands {

namespace {

bool isAtTerminal() {
  const char* terminal = std::getenv("TERM");
  return isatty(STDERR_FILENO) != 0 && (terminal == nullptr || std::strcmp(terminal, "dumb") != 0);
}

}  // namespace

Progress::Progress() {
  if (isAtTerminal()) writer_ = std::thread([this] { run(); });
}

Progress::~Progress() {
  if (!writer_.joinable()) return;
  {
    const std::lock_guard guard(lock_);
    done_ = true;
  }
  ended_.notify_one();
  writer_.join();
  erase();
}

void Progress::say(const std::string& what, size_t number, size_t total) {
  if (!writer_.joinable()) return;
  const std::lock_guard guard(lock_);
  wanted_ = "Snag: " + what + " " + std::to_string(number) + " of " + std::to_string(total);
}

void Progress::makeRoom() {
  if (!writer_.joinable()) return;
  const std::lock_guard guard(lock_);
  erase();
  wanted_.clear();
}

void Progress::run() {
  std::unique_lock guard(lock_);
  const auto isDone = [this] { return done_; };
  for (auto pause = kPatience; !ended_.wait_for(guard, pause, isDone); pause = kInterval) show();
}

void Progress::show() {
  if (wanted_ == shown_) return;
  erase();
  std::cerr << wanted_ << std::flush;
  shown_ = wanted_;
}

// With blanks: not every terminal knows the code that erases.
void Progress::erase() {
  if (shown_.empty()) return;
  std::cerr << '\r' << std::string(shown_.size(), ' ') << '\r' << std::flush;
  shown_.clear();
}

}  // namespace snag::commands
