#include "commands/commands.h"
#include "commands/observed_run.h"
#include "commands/record_files.h"
#include "commands/report_flags.h"
#include "model/observation.h"
#include "model/symbolizer.h"

#include <iostream>

namespace snag::commands {

namespace {

// The program's own exit code stands unless there are findings, or it claims success that means nothing.
int verdict(const ChildEnd& end, size_t reports, const model::Session& session) {
  if (reports != 0) return kFindings;
  if (const std::string reason = whyNothingObserved(session); !reason.empty()) {
    std::cerr << "Snag: nothing was observed: " << reason << "\n";
    return end.shellCode() != 0 ? end.shellCode() : kNothingObserved;
  }
  const bool isAll = session.suppressedReports() == 0 && session.filteredReports() == 0;
  std::cerr << "Snag: nothing " << (isAll ? "" : "else ") << "found (" << model::observedText(session.streams())
            << ").\n";
  return end.shellCode();
}

int run(const ReportFlags& flags, const std::vector<std::string>& command) {
  if (command.empty()) throw UsageError("Give the program to run: snag run -- ./program arguments…");
  auto symbolizer = model::makeLlvmSymbolizer();
  model::SourceText source;
  Outputs outputs(flags, 2, source);
  model::Session session(*symbolizer, source, outputs.renderer());
  flags.prepare(session);
  const TemporaryDirectory records;
  const bool suppresses = !flags.text.suppressions.empty() || !flags.filters.empty();
  const ChildEnd end = runObserved(command, records, suppresses ? FindingExitCode::Own : FindingExitCode::AsSet);
  readRecordFiles(recordFilesIn(records.path()), session);
  const size_t reports = session.finish();
  outputs.close();
  return verdict(end, reports, session);
}

}  // namespace

void addRun(CLI::App& app, int& exitCode) {
  struct Arguments {
    ReportFlags flags;
    std::vector<std::string> command;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand("run", "run a program, then print what was found in all its processes");
  verb->add_option("PROGRAM", arguments->command, "the program and its arguments, after --");
  arguments->flags.addTo(*verb);
  verb->footer(
      "Example: snag run -- ./app --its-own-option\n\n"
      "Exit code: the program's own if nothing was found (128+n if signal n killed it), 66 if something was found,\n"
      "67 if the program succeeded but nothing was observed, 64 for a mistake in the call.");
  verb->callback([arguments, &exitCode] { exitCode = run(arguments->flags, arguments->command); });
}

}  // namespace snag::commands
