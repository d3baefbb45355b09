#include "commands/child_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace snag::commands {

namespace {

[[noreturn]] void becomeProgram(const std::vector<std::string>& command, int failurePipe) {
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  execvp(argv[0], argv.data());
  const int error = errno;
  (void)!write(failurePipe, &error, sizeof error);
  _exit(127);
}

// While the program runs, Ctrl-C and Ctrl-\ are its business; snag waits and reports.
class TerminalSignalsIgnored {
 public:
  TerminalSignalsIgnored() : interrupt_(std::signal(SIGINT, SIG_IGN)), quit_(std::signal(SIGQUIT, SIG_IGN)) {}
  ~TerminalSignalsIgnored() { restore(); }
  void restore() const {
    std::signal(SIGINT, interrupt_);
    std::signal(SIGQUIT, quit_);
  }

 private:
  void (*interrupt_)(int);
  void (*quit_)(int);
};

ChildEnd waitFor(pid_t child) {
  ChildEnd end;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  end.started = true;
  if (WIFSIGNALED(status)) end.signal = WTERMSIG(status);
  if (WIFEXITED(status)) end.exitCode = WEXITSTATUS(status);
  return end;
}

}  // namespace

ChildEnd runChild(const std::vector<std::string>& command, const std::string& variable, const std::string& value) {
  ChildEnd end;
  int failure[2];
  if (pipe2(failure, O_CLOEXEC) != 0) return end.error = errno, end;
  const TerminalSignalsIgnored ignored;
  const pid_t child = fork();
  if (child < 0) return end.error = errno, end;
  if (child == 0) {
    ignored.restore();
    setenv(variable.c_str(), value.c_str(), 1);
    becomeProgram(command, failure[1]);
  }
  close(failure[1]);
  int error = 0;
  const bool failed = read(failure[0], &error, sizeof error) == sizeof error;
  close(failure[0]);
  end = waitFor(child);
  end.started = !failed;
  end.error = error;
  return end;
}

}  // namespace snag::commands
