#include "commands/observed_run.h"

#include "commands/commands.h"
#include "model/observation.h"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>

namespace snag::commands {

namespace fs = std::filesystem;

TemporaryDirectory::TemporaryDirectory() : path_((fs::temp_directory_path() / "snag-XXXXXX").string()) {
  if (mkdtemp(path_.data()) == nullptr) throw UsageError("Cannot make a directory in '" + path_ + "'. Set TMPDIR.");
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

namespace {

std::string givenOptions() {
  const char* given = std::getenv("SNAG_OPTIONS");
  return given == nullptr ? "" : given;
}

// The user's options first: the last one of a name counts.
std::string optionsForRun(const std::string& directory, FindingExitCode exitCode) {
  const std::string given = givenOptions();
  // Programs do not know which findings are suppressed, so their exit codes are left alone where some may be.
  const char* tsan = std::getenv("TSAN_OPTIONS");
  const bool leave = exitCode == FindingExitCode::Own || given.find("suppressions=") != std::string::npos ||
                     (tsan != nullptr && std::strstr(tsan, "suppressions=") != nullptr);
  return given + (given.empty() ? "" : ":") + "log_dir=" + directory + (leave ? ":exitcode=0" : "");
}

// The last setting of `enabled` in the options decides.
bool isDisabled(const std::string& options) {
  const size_t at = options.rfind("enabled=");
  if (at == std::string::npos) return false;
  const std::string value = options.substr(at + 8, options.find_first_of(":, ", at) - at - 8);
  return value == "0" || value == "false" || value == "no";
}

}  // namespace

ChildEnd runObserved(const std::vector<std::string>& command, const TemporaryDirectory& records,
                     FindingExitCode exitCode) {
  const ChildEnd end = runChild(command, "SNAG_OPTIONS", optionsForRun(records.path(), exitCode));
  if (!end.started)
    throw UsageError("Cannot run '" + command[0] + "': " + std::strerror(end.error) + ". Check its path.");
  if (end.signal != 0)
    std::cerr << "Snag: the program was killed by signal " << end.signal << " (" << strsignal(end.signal) << ").\n";
  return end;
}

std::string whyNothingObserved(const model::Session& session) {
  const std::string reason = model::nothingObserved(session.streams());
  if (reason.empty() || !isDisabled(givenOptions())) return reason;
  return "the runtime is switched off by enabled=0 in SNAG_OPTIONS. Remove it.";
}

}  // namespace snag::commands
