// The verbs of the command line, one a file. Each add function describes its verb to CLI11; when the verb is
// chosen, its callback does the work and sets `exitCode`.
#ifndef SNAG_COMMANDS_COMMANDS_H
#define SNAG_COMMANDS_COMMANDS_H

#include <CLI/CLI.hpp>

namespace snag::commands {

enum ExitCode : int {
  kSuccess = 0,
  kUsage = 64,
  kFindings = 66,
  kNothingObserved = 67,
};

// A mistake in the call; what() tells the user what to do. Ends in exit code 64.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void addCompletion(CLI::App& app, int& exitCode);
void addExplain(CLI::App& app, int& exitCode);
void addGate(CLI::App& app, int& exitCode);
void addMan(CLI::App& app, int& exitCode);
void addPrint(CLI::App& app, int& exitCode);
void addReport(CLI::App& app, int& exitCode);
void addRun(CLI::App& app, int& exitCode);
void addSymbolize(CLI::App& app, int& exitCode);
void addOptions(CLI::App& app, int& exitCode);

}  // namespace snag::commands

#endif  // SNAG_COMMANDS_COMMANDS_H
