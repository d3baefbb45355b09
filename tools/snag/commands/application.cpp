#include "commands/application.h"

#include "commands/commands.h"
#include "model/version.h"

#include <iostream>

namespace snag::commands {

namespace {

constexpr const char* kIntroduction =
    "Snag finds data races and lost updates in C and C++ programs.\n"
    "Compile with snag-clang++, then run the program as usual or under snag run.";

void describe(CLI::App& app, int& exitCode) {
  app.name("snag");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("snag ") + model::kSnagVersion);
  addRun(app, exitCode);
  addGate(app, exitCode);
  addReport(app, exitCode);
  addExplain(app, exitCode);
  addPrint(app, exitCode);
  addOptions(app, exitCode);
  addSymbolize(app, exitCode);
  addCompletion(app, exitCode);
  addMan(app, exitCode);
}

int usageError(const std::string& message) {
  std::cerr << "snag: " << message << "\nsnag: snag --help and snag VERB --help list what is possible.\n";
  return kUsage;
}

}  // namespace

int runApplication(int argc, char** argv) {
  int exitCode = kUsage;
  CLI::App app(kIntroduction);
  describe(app, exitCode);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ExtrasError& error) {
    return usageError(std::string(error.what()) + ". Put -- before a program's own options: snag run -- ./app -v");
  } catch (const CLI::RequiredError&) {
    return usageError("Something is missing: give a verb (run, gate, report, explain, …) and what it needs.");
  } catch (const CLI::ParseError& error) {
    return error.get_exit_code() == 0 ? app.exit(error) : usageError(error.what());
  } catch (const UsageError& error) {
    return usageError(error.what());
  }
  return exitCode;
}

}  // namespace snag::commands
