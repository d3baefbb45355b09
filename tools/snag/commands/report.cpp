#include "commands/commands.h"
#include "commands/record_files.h"
#include "commands/report_flags.h"
#include "model/symbolizer.h"

#include <iostream>

namespace snag::commands {

namespace {

struct ReportArguments {
  ReportFlags flags;
  std::vector<std::string> files;
};

void report(const ReportArguments& arguments) {
  const auto files = expandRecordPaths(arguments.files);
  auto symbolizer = model::makeLlvmSymbolizer();
  model::SourceText source;
  Outputs outputs(arguments.flags, 1, source);
  model::Session session(*symbolizer, source, outputs.renderer());
  arguments.flags.prepare(session);
  readRecordFiles(files, session);
  const size_t reports = session.finish();
  outputs.close();
  if (outputs.writesText() && reports == 0 && session.suppressedReports() == 0)
    std::cout << "Snag: no findings in " << files.size() << " record file(s)"
              << (session.filteredReports() == 0 ? "" : " that the filter wants") << ".\n";
}

}  // namespace

void addReport(CLI::App& app, int& exitCode) {
  auto arguments = std::make_shared<ReportArguments>();
  CLI::App* verb = app.add_subcommand("report", "render the findings in record files, grouped by bug");
  verb->add_option("FILES", arguments->files, "record files, or directories that hold *.snag files")->required();
  arguments->flags.addTo(*verb);
  verb->callback([arguments, &exitCode] {
    report(*arguments);
    exitCode = kSuccess;
  });
}

}  // namespace snag::commands
