#include "commands/cli_description.h"

#include <iostream>

namespace snag::commands {

namespace {

std::string joinedBy(const char* separator, const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

std::vector<std::string> flagsOf(const VerbText& verb) {
  std::vector<std::string> flags;
  for (const OptionText& option : verb.options)
    if (!option.isPositional) flags.push_back(option.name);
  return flags;
}

std::vector<std::string> namesOf(const std::vector<VerbText>& verbs) {
  std::vector<std::string> names;
  for (const VerbText& verb : verbs) names.push_back(verb.name);
  return names;
}

// Bash splits "--format=te" at the equals sign.
void printBash(const std::vector<VerbText>& verbs) {
  std::cout << "# Completion of snag for bash: source <(snag completion bash)\n"
               "_snag() {\n"
               "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb= word\n"
               "  if [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then "
               "previous=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
               "  COMPREPLY=()\n"
               "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
               "    if [[ $word == -- ]]; then mapfile -t COMPREPLY < <(compgen -f -c -- \"$current\"); return; fi\n"
               "    if [[ -z $verb && $word != -* ]]; then verb=$word; fi\n"
               "  done\n"
               "  case $verb in\n"
               "    '') mapfile -t COMPREPLY < <(compgen -W '"
            << joinedBy(" ", namesOf(verbs)) << " --help --version' -- \"$current\"); return ;;\n";
  for (const VerbText& verb : verbs) {
    std::cout << "    " << verb.name << ")\n";
    for (const OptionText& option : verb.options)
      if (!option.choices.empty())
        std::cout << "      if [[ $previous == " << (option.isPositional ? verb.name : option.name)
                  << " ]]; then mapfile -t COMPREPLY < <(compgen -W '" << joinedBy(" ", option.choices)
                  << "' -- \"$current\"); return; fi\n";
    std::cout << "      if [[ $current == -* ]]; then mapfile -t COMPREPLY < <(compgen -W '"
              << joinedBy(" ", flagsOf(verb)) << "' -- \"$current\"); return; fi ;;\n";
  }
  std::cout << "  esac\n"
               "  mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
               "}\n"
               "complete -o filenames -F _snag snag\n";
}

// In single quotes, with what `_arguments` gives a meaning escaped.
std::string zshText(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '\'')
      out += "'\\''";
    else if (c == '[' || c == ']' || c == ':' || c == '\\')
      out += std::string("\\") + c;
    else
      out += c;
  }
  return out;
}

std::string zshOption(const OptionText& option) {
  const std::string choices = option.choices.empty() ? "_files" : "(" + joinedBy(" ", option.choices) + ")";
  if (option.isPositional) return "'*:" + zshText(option.name) + ":" + choices + "'";
  const std::string head =
      "'*" + option.name + (option.value.empty() ? "" : "=") + "[" + zshText(option.description) + "]";
  return option.value.empty() ? head + "'" : head + ":" + zshText(option.value) + ":" + choices + "'";
}

void printZsh(const std::vector<VerbText>& verbs) {
  std::cout << "#compdef snag\n"
               "# Completion of snag for zsh: snag completion zsh > a folder of $fpath, as _snag\n"
               "_snag() {\n"
               "  local context state state_descr line\n"
               "  typeset -A opt_args\n"
               "  _arguments -C '1:verb:->verb' '*::argument:->rest'\n"
               "  case $state in\n"
               "    verb)\n"
               "      local -a verbs=(\n";
  for (const VerbText& verb : verbs) std::cout << "        '" << verb.name << ":" << zshText(verb.description) << "'\n";
  std::cout << "      )\n"
               "      _describe 'verb' verbs ;;\n"
               "    rest)\n"
               "      case $words[1] in\n";
  for (const VerbText& verb : verbs) {
    std::cout << "        " << verb.name << ") _arguments";
    for (const OptionText& option : verb.options) std::cout << " \\\n          " << zshOption(option);
    std::cout << " ;;\n";
  }
  std::cout << "      esac ;;\n"
               "  esac\n"
               "}\n"
               "_snag \"$@\"\n";
}

std::string fishText(const std::string& text) {
  std::string out;
  for (char c : text) out += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return "'" + out + "'";
}

void printFish(const std::vector<VerbText>& verbs) {
  std::cout << "# Completion of snag for fish: snag completion fish > ~/.config/fish/completions/snag.fish\n";
  for (const VerbText& verb : verbs)
    std::cout << "complete -c snag -f -n __fish_use_subcommand -a " << verb.name << " -d " << fishText(verb.description)
              << "\n";
  for (const VerbText& verb : verbs)
    for (const OptionText& option : verb.options) {
      const std::string here = "complete -c snag -n '__fish_seen_subcommand_from " + verb.name + "'";
      const std::string choices = option.choices.empty() ? "" : " -f -a '" + joinedBy(" ", option.choices) + "'";
      if (option.isPositional && option.choices.empty()) continue;
      std::cout << here << (option.isPositional ? "" : " -l " + option.name.substr(2))
                << (option.value.empty() ? "" : " -r") << choices << " -d " << fishText(option.description) << "\n";
    }
}

}  // namespace

void addCompletion(CLI::App& app, int& exitCode) {
  auto shell = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("completion", "print a completion script for a shell");
  verb->add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  verb->callback([shell, &app, &exitCode] {
    const auto verbs = describeVerbs(app);
    if (*shell == "bash")
      printBash(verbs);
    else if (*shell == "zsh")
      printZsh(verbs);
    else
      printFish(verbs);
    exitCode = kSuccess;
  });
}

}  // namespace snag::commands
