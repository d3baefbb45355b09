#include "commands/child_process.h"
#include "commands/commands.h"
#include "commands/record_files.h"
#include "commands/text_flags.h"
#include "model/observation.h"
#include "model/symbolizer.h"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>

namespace snag::commands {

namespace {

namespace fs = std::filesystem;

// A directory for the records of one run, removed with what is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() : path_((fs::temp_directory_path() / "snag-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) throw UsageError("Cannot make a directory in '" + path_ + "'. Set TMPDIR.");
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The user's options first: the last one of a name counts. Programs do not know which findings are suppressed, so their
// exit codes are left alone where some may be.
std::string optionsForRun(const std::string& directory, bool suppresses) {
  const char* given = std::getenv("SNAG_OPTIONS");
  const std::string before = given == nullptr || *given == 0 ? "" : std::string(given) + ":";
  const bool leaveExitCode = suppresses || before.find("suppressions=") != std::string::npos;
  return before + "log_dir=" + directory + (leaveExitCode ? ":exitcode=0" : "");
}

// The program's own exit code stands unless there are findings, or it claims success that means nothing.
int verdict(const ChildEnd& end, size_t reports, const model::Session& session) {
  const auto& streams = session.streams();
  if (end.signal != 0)
    std::cerr << "Snag: the program was killed by signal " << end.signal << " (" << strsignal(end.signal) << ").\n";
  if (reports != 0) return kFindings;
  if (const std::string reason = model::nothingObserved(streams); !reason.empty()) {
    std::cerr << "Snag: nothing was observed: " << reason << "\n";
    return end.shellCode() != 0 ? end.shellCode() : kNothingObserved;
  }
  std::cerr << "Snag: nothing " << (session.suppressedReports() == 0 ? "" : "else ") << "found ("
            << model::observedText(streams) << ").\n";
  return end.shellCode();
}

int run(const TextFlags& text, const std::vector<std::string>& command) {
  if (command.empty()) throw UsageError("Give the program to run: snag run -- ./program arguments…");
  TemporaryDirectory records;
  const ChildEnd end = runChild(command, "SNAG_OPTIONS", optionsForRun(records.path(), !text.suppressions.empty()));
  if (!end.started)
    throw UsageError("Cannot run '" + command[0] + "': " + std::strerror(end.error) + ". Check its path.");
  auto symbolizer = model::makeLlvmSymbolizer();
  model::SourceText source;
  auto renderer = render::makeTextRenderer(text.options(2), source, std::cerr);
  model::Session session(*symbolizer, source, *renderer);
  text.suppressIn(session);
  readRecordFiles(recordFilesIn(records.path()), session);
  const size_t reports = session.finish();
  return verdict(end, reports, session);
}

}  // namespace

void addRun(CLI::App& app, int& exitCode) {
  struct Arguments {
    TextFlags text;
    std::vector<std::string> command;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand("run", "run a program, then print what was found in all its processes");
  verb->add_option("PROGRAM", arguments->command, "the program and its arguments, after --");
  arguments->text.addTo(*verb);
  verb->footer(
      "Example: snag run -- ./app --its-own-option\n\n"
      "Exit code: the program's own if nothing was found (128+n if signal n killed it), 66 if something was found,\n"
      "67 if the program succeeded but nothing was observed, 64 for a mistake in the call.");
  verb->callback([arguments, &exitCode] { exitCode = run(arguments->text, arguments->command); });
}

}  // namespace snag::commands
