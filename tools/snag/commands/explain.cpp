#include "commands/commands.h"
#include "commands/record_files.h"
#include "commands/report_flags.h"
#include "model/finding_kind.h"
#include "model/kind_help.h"
#include "model/symbolizer.h"
#include "render/document.h"
#include "render/story.h"

#include <algorithm>
#include <iostream>

namespace snag::commands {

namespace {

struct ExplainArguments {
  std::string fingerprint;
  ReportFlags flags;
  std::vector<std::string> files;
};

// Keeps the reports until one is chosen.
class Collector : public render::Renderer {
 public:
  void process(const model::Process&) override {}
  void report(const render::Report& report) override { reports.push_back(report); }
  void problem(const std::string& message) override { std::cerr << "Snag: warning: " << message << "\n"; }
  void finish(const render::Totals&) override {}

  std::vector<render::Report> reports;
};

std::string listed(const std::vector<render::Report>& reports) {
  std::string text;
  for (const render::Report& report : reports)
    text += "\n  " + report.fingerprint + "  " + render::titleText(report.group.main());
  return text;
}

const render::Report& choose(const std::vector<render::Report>& reports, const std::string& fingerprint) {
  std::vector<render::Report> fitting;
  const render::Report* chosen = nullptr;
  for (const render::Report& report : reports)
    if (report.fingerprint.starts_with(fingerprint)) {
      fitting.push_back(report);
      chosen = &report;
    }
  if (fitting.empty())
    throw UsageError("No finding has a fingerprint that begins with '" + fingerprint +
                     "'. There are:" + (reports.empty() ? " none." : listed(reports)));
  const bool isUnique = std::ranges::all_of(
      fitting, [&](const render::Report& report) { return report.fingerprint == chosen->fingerprint; });
  if (!isUnique) throw UsageError("More than one finding begins with '" + fingerprint + "':" + listed(fitting));
  return *chosen;
}

void explain(const ExplainArguments& arguments) {
  const auto files = expandRecordPaths(arguments.files);
  auto symbolizer = model::makeLlvmSymbolizer();
  model::SourceText source;
  Collector collector;
  model::Session session(*symbolizer, source, collector);
  arguments.flags.prepare(session);
  readRecordFiles(files, session);
  session.finish();
  const render::Report& report = choose(collector.reports, arguments.fingerprint);
  const bool color = render::wantColor(arguments.flags.text.color.empty() ? "auto" : arguments.flags.text.color, 1);
  std::cout << render::textReport(report, source, {color, std::max(1, arguments.flags.text.verbosity)});
  const model::KindHelp help = model::kindHelp(report.group.main().raw.kind);
  std::cout << "\nWhat it is:   " << help.summary << "\nWhy a bug:    " << help.reason
            << "\nUsual cures:  " << help.cure << "\n";
}

}  // namespace

void addExplain(CLI::App& app, int& exitCode) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* verb = app.add_subcommand("explain", "show one finding in full, with what its kind means");
  verb->add_option("FINGERPRINT", arguments->fingerprint, "of the finding; its first digits if no other has them")
      ->required();
  verb->add_option("FILES", arguments->files, "record files, or directories that hold *.snag files")->required();
  arguments->flags.addSelection(*verb);
  verb->callback([arguments, &exitCode] {
    explain(*arguments);
    exitCode = kSuccess;
  });
}

}  // namespace snag::commands
