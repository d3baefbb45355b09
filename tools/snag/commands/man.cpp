#include "commands/cli_description.h"
#include "model/version.h"

#include <algorithm>
#include <cctype>
#include <iostream>

namespace snag::commands {

namespace {

// Text that roff prints as it is: no requests at the start of a line, hyphens that can be searched for.
std::string roff(const std::string& text) {
  std::string out;
  for (char c : text) {
    const bool startsLine = out.empty() || out.back() == '\n';
    if (startsLine && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

void printHead(const std::string& name, const std::string& description) {
  std::cout << ".TH " << upper(name) << " 1 \"\" \"Snag " << model::kSnagVersion << "\"\n.SH NAME\n"
            << roff(name) << " \\- " << roff(description) << "\n";
}

void printOption(const OptionText& option) {
  std::cout << ".TP\n\\fB" << roff(option.name) << "\\fR"
            << (option.value.empty() ? "" : "=\\fI" + roff(option.value) + "\\fR") << "\n"
            << roff(option.description) << "\n";
}

void printVerb(const VerbText& verb) {
  printHead("snag-" + verb.name, verb.description);
  std::cout << ".SH SYNOPSIS\n\\fBsnag " << roff(verb.name) << "\\fR [\\fIOPTIONS\\fR]";
  for (const OptionText& option : verb.options)
    if (option.isPositional) std::cout << " \\fI" << roff(option.name) << "\\fR";
  std::cout << "\n.SH OPTIONS\n";
  for (const OptionText& option : verb.options) printOption(option);
  if (!verb.footer.empty()) std::cout << ".SH NOTES\n.nf\n" << roff(verb.footer) << "\n.fi\n";
  std::cout << ".SH SEE ALSO\n.BR snag (1)\n";
}

void printAll(const std::vector<VerbText>& verbs) {
  printHead("snag", "find data races and lost updates in C and C++ programs");
  std::cout << ".SH SYNOPSIS\n\\fBsnag\\fR \\fIVERB\\fR [\\fIARGUMENTS\\fR]\n.SH VERBS\n";
  for (const VerbText& verb : verbs)
    std::cout << ".TP\n\\fB" << roff(verb.name) << "\\fR\n" << roff(verb.description) << "\n";
  std::cout << ".SH EXIT STATUS\n"
               ".TP\n.B 64\na mistake in the call\n"
               ".TP\n.B 66\nsomething was found; under a gate: something new\n"
               ".TP\n.B 67\nthe program succeeded but nothing was observed\n"
               ".SH ENVIRONMENT\n.TP\n.B SNAG_OPTIONS\noptions of programs built with Snag; "
            << roff("'snag options' lists them")
            << "\n.TP\n.B NO_COLOR\nif set, reports have no colours\n.SH SEE ALSO\n";
  for (const VerbText& verb : verbs) std::cout << ".BR snag\\-" << roff(verb.name) << " (1)\n";
}

void printManual(CLI::App& app, const std::string& name) {
  const auto verbs = describeVerbs(app);
  if (name.empty()) return printAll(verbs);
  const auto verb = std::ranges::find(verbs, name, &VerbText::name);
  if (verb == verbs.end()) throw UsageError("There is no verb '" + name + "' to write a page about.");
  printVerb(*verb);
}

}  // namespace

void addMan(CLI::App& app, int& exitCode) {
  auto name = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("man", "print a manual page: snag man | man -l -");
  verb->add_option("VERB", *name, "the page of one verb; without it, of snag");
  verb->callback([name, &app, &exitCode] {
    printManual(app, *name);
    exitCode = kSuccess;
  });
}

}  // namespace snag::commands
