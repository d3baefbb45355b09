// Tells people at a terminal that long work goes on. Pipes, files and CI logs see nothing of it.
#ifndef SNAG_COMMANDS_PROGRESS_H
#define SNAG_COMMANDS_PROGRESS_H

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace snag::commands {

// One line on standard error, if that is a terminal, once the work took longer than kPatience. A thread of its own
// writes it, because one step (the debug info of a large program) may be what takes long.
class Progress {
 public:
  static constexpr std::chrono::milliseconds kPatience{800};
  static constexpr std::chrono::milliseconds kInterval{100};

  Progress();
  // Erases the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // "reading record file 3 of 100"; the last one said is shown.
  void say(const std::string& what, size_t number, size_t total);
  // Someone else is about to write to the terminal. The line comes back with the next say().
  void makeRoom();

 private:
  void run();
  void show();
  void erase();

  std::mutex lock_;  // protects all that follows
  std::condition_variable ended_;
  std::string wanted_;
  std::string shown_;
  bool done_ = false;
  std::thread writer_;
};

}  // namespace snag::commands

#endif  // SNAG_COMMANDS_PROGRESS_H
