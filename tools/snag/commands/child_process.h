// Runs the program under test and waits for it.
#ifndef SNAG_COMMANDS_CHILD_PROCESS_H
#define SNAG_COMMANDS_CHILD_PROCESS_H

#include <string>
#include <vector>

namespace snag::commands {

struct ChildEnd {
  bool started = false;  // false: `error` is the errno of exec
  int error = 0;
  int signal = 0;  // that killed it, or 0
  int exitCode = 0;

  // As a shell would say it: 128 + n for a signal.
  int shellCode() const { return signal != 0 ? 128 + signal : exitCode; }
};

// Runs `command` (looked up in PATH) with `variable=value` added to the environment. While it runs, signals from the
// terminal are left to it.
ChildEnd runChild(const std::vector<std::string>& command, const std::string& variable, const std::string& value);

}  // namespace snag::commands

#endif  // SNAG_COMMANDS_CHILD_PROCESS_H
