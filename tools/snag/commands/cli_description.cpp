#include "commands/cli_description.h"

#include <sstream>

namespace snag::commands {

namespace {

// "TEXT:{auto,always,never}" has three.
std::vector<std::string> choicesIn(const std::string& type) {
  const size_t open = type.find('{'), close = type.find('}');
  std::vector<std::string> choices;
  if (open == std::string::npos || close == std::string::npos || close < open) return choices;
  std::istringstream list(type.substr(open + 1, close - open - 1));
  for (std::string choice; std::getline(list, choice, ',');) choices.push_back(choice);
  return choices;
}

OptionText describe(const CLI::Option& option) {
  OptionText text;
  text.isPositional = option.get_positional();
  text.name = option.get_lnames().empty() ? option.get_name(text.isPositional) : "--" + option.get_lnames().front();
  text.description = option.get_description();
  const std::string type = option.get_type_name();
  text.choices = choicesIn(type);
  if (option.get_items_expected_max() != 0 && !text.isPositional)
    text.value = type.starts_with("FORMAT") ? type.substr(0, type.find(":{"))
                 : text.choices.empty()     ? type.substr(0, type.find(':'))
                                            : "WORD";
  return text;
}

}  // namespace

std::vector<VerbText> describeVerbs(CLI::App& app) {
  std::vector<VerbText> verbs;
  for (const CLI::App* verb : app.get_subcommands({})) {
    VerbText text{verb->get_name(), verb->get_description(), verb->get_footer(), {}};
    for (const CLI::Option* option : verb->get_options({})) text.options.push_back(describe(*option));
    verbs.push_back(std::move(text));
  }
  return verbs;
}

}  // namespace snag::commands
