#include "commands/commands.h"
#include "model/version.h"

#include <iostream>

namespace {

constexpr const char* kIntroduction =
    "Snag finds data races and lost updates in C and C++ programs.\n"
    "Compile with snag-clang++, then run the program as usual or under snag run.";

void describe(CLI::App& app, int& exitCode) {
  app.name("snag");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("snag ") + snag::model::kSnagVersion);
  snag::commands::addRun(app, exitCode);
  snag::commands::addGate(app, exitCode);
  snag::commands::addReport(app, exitCode);
  snag::commands::addExplain(app, exitCode);
  snag::commands::addPrint(app, exitCode);
  snag::commands::addOptions(app, exitCode);
  snag::commands::addSymbolize(app, exitCode);
  snag::commands::addCompletion(app, exitCode);
  snag::commands::addMan(app, exitCode);
}

int usageError(const std::string& message) {
  std::cerr << "snag: " << message << "\nsnag: snag --help and snag VERB --help list what is possible.\n";
  return snag::commands::kUsage;
}

}  // namespace

int main(int argc, char** argv) {
  int exitCode = snag::commands::kUsage;
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
  } catch (const snag::commands::UsageError& error) {
    return usageError(error.what());
  }
  return exitCode;
}
