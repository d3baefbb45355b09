// Runs a command so that every process in it that was built with Snag leaves its records where they can be read.
#ifndef SNAG_COMMANDS_OBSERVED_RUN_H
#define SNAG_COMMANDS_OBSERVED_RUN_H

#include "commands/child_process.h"
#include "model/session.h"

#include <string>
#include <vector>

namespace snag::commands {

// A directory of its own for the records of one run, removed with what is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// What programs do with their exit code when they have findings.
enum class FindingExitCode { AsSet, Own };

// Runs `command`; children inherit the options through the environment. Throws UsageError if it cannot be started, and
// says on standard error if a signal killed it.
ChildEnd runObserved(const std::vector<std::string>& command, const TemporaryDirectory& records,
                     FindingExitCode exitCode);

// Why nothing was observed, as a whole sentence; empty if something was.
std::string whyNothingObserved(const model::Session& session);

}  // namespace snag::commands

#endif  // SNAG_COMMANDS_OBSERVED_RUN_H
