// The command line as data: what completion scripts and manual pages are made of. Taken from the same description that
// parses arguments and prints --help, so they cannot disagree.
#ifndef SNAG_COMMANDS_CLI_DESCRIPTION_H
#define SNAG_COMMANDS_CLI_DESCRIPTION_H

#include "commands/commands.h"

#include <string>
#include <vector>

namespace snag::commands {

struct OptionText {
  std::string name;                  // "--format", or "FILES" of a positional
  std::string value;                 // "FORMAT[:FILE]"; empty for a flag
  std::vector<std::string> choices;  // of the value, if there is a fixed list
  std::string description;
  bool isPositional = false;
};

struct VerbText {
  std::string name;
  std::string description;
  std::string footer;
  std::vector<OptionText> options;
};

// In the order of --help.
std::vector<VerbText> describeVerbs(CLI::App& app);

}  // namespace snag::commands

#endif  // SNAG_COMMANDS_CLI_DESCRIPTION_H
