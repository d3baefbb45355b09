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
#include <optional>

namespace snag::commands {

namespace {

struct ExplainArguments {
  std::string what;  // a fingerprint or a kind
  bool list = false;
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

void explainFinding(const ExplainArguments& arguments) {
  const auto files = expandRecordPaths(arguments.files);
  auto symbolizer = model::makeLlvmSymbolizer();
  model::SourceText source;
  Collector collector;
  model::Session session(*symbolizer, source, collector);
  arguments.flags.prepare(session);
  readRecordFiles(files, session);
  session.finish();
  const render::Report& report = choose(collector.reports, arguments.what);
  const bool color = render::wantColor(arguments.flags.text.color.empty() ? "auto" : arguments.flags.text.color, 1);
  std::cout << render::textReport(report, source, {color, std::max(1, arguments.flags.text.verbosity)});
  const model::FindingKind kind = report.group.main().raw.kind;
  const model::KindHelp help = model::kindHelp(kind);
  std::cout << "\nWhat it is:   " << help.summary << "\nWhy a bug:    " << help.reason
            << "\nUsual cures:  " << help.cure << "\nThe page:     snag explain " << model::kindId(kind) << "\n";
}

std::optional<model::FindingKind> kindNamed(const std::string& id) {
  for (const model::FindingKind kind : model::allKinds())
    if (model::kindId(kind) == id) return kind;
  return std::nullopt;
}

bool isFingerprint(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void listKinds() {
  for (const model::FindingKind kind : model::allKinds()) {
    std::string id = model::kindId(kind);
    id.resize(std::max<size_t>(id.size() + 1, 34), ' ');
    std::cout << id << model::kindName(kind) << "\n";
  }
}

void explain(const ExplainArguments& arguments) {
  if (arguments.list) return listKinds();
  if (const auto kind = kindNamed(arguments.what)) {
    std::cout << model::kindPage(*kind);
    return;
  }
  if (arguments.what.empty())
    throw UsageError("Say what to explain: snag explain KIND, or snag explain FINGERPRINT FILES. --list lists kinds.");
  if (!isFingerprint(arguments.what) && arguments.files.empty())
    throw UsageError("There is no kind '" + arguments.what +
                     "': snag explain --list lists them. A fingerprint is "
                     "made of the digits 0 to 9 and a to f.");
  if (arguments.files.empty())
    throw UsageError("Say where finding " + arguments.what + " is recorded: snag explain " + arguments.what + " FILES");
  explainFinding(arguments);
}

}  // namespace

void addExplain(CLI::App& app, int& exitCode) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* verb =
      app.add_subcommand("explain", "show one finding in full, or what a kind of finding is and how to fix it");
  verb->add_option(
      "WHAT", arguments->what,
      "a kind, such as lost-update; or the fingerprint of a finding, its first digits if no other has them");
  verb->add_option("FILES", arguments->files, "for a fingerprint: record files, or directories that hold *.snag files");
  verb->add_flag("--list", arguments->list, "list the kinds that there are");
  arguments->flags.addSelection(*verb);
  verb->footer("Example: snag explain lost-update\n         snag explain b2cef442 findings/");
  verb->callback([arguments, &exitCode] {
    explain(*arguments);
    exitCode = kSuccess;
  });
}

}  // namespace snag::commands
