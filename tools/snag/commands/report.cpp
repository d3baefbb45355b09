#include "commands/commands.h"
#include "commands/record_files.h"
#include "commands/text_flags.h"
#include "model/symbolizer.h"

#include <iostream>

namespace snag::commands {

namespace {

struct ReportArguments {
  TextFlags text;
  std::vector<std::string> files;
};

void report(const ReportArguments& arguments) {
  const auto files = expandRecordPaths(arguments.files);
  auto symbolizer = model::makeLlvmSymbolizer();
  model::SourceText source;
  auto renderer = render::makeTextRenderer(arguments.text.options(1), source, std::cout);
  model::Session session(*symbolizer, source, *renderer);
  arguments.text.suppressIn(session);
  readRecordFiles(files, session);
  if (session.finish() == 0 && session.suppressedReports() == 0)
    std::cout << "Snag: no findings in " << files.size() << " record file(s).\n";
}

}  // namespace

void addReport(CLI::App& app, int& exitCode) {
  auto arguments = std::make_shared<ReportArguments>();
  CLI::App* verb = app.add_subcommand("report", "render the findings in record files, grouped by bug");
  verb->add_option("FILES", arguments->files, "record files, or directories that hold *.snag files")->required();
  arguments->text.addTo(*verb);
  verb->callback([arguments, &exitCode] {
    report(*arguments);
    exitCode = kSuccess;
  });
}

}  // namespace snag::commands
