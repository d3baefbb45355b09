#include "commands/commands.h"

#include <iomanip>
#include <iostream>

namespace snag::commands {

namespace {

struct OptionRow {
  const char* type;
  const char* name;
  const char* initial;
  const char* meaning;
};

constexpr OptionRow kOptions[] = {
#define SNAG_OPTION(type, name, initial, meaning) {#type, #name, #initial, meaning},
#include "snag/options.def"
};

constexpr const char* kTsanOptions =
    "Of `TSAN_OPTIONS`, `exitcode`, `halt_on_error`, `suppressions`, `color` and `log_path` are read, too, unless\n"
    "`SNAG_OPTIONS` says otherwise; its `log_path` brings `report_style=tsan`.";

// The default as one would write it in SNAG_OPTIONS.
std::string initialText(const OptionRow& row) {
  std::string text = row.initial;
  if (text == "true" || text == "false") return text == "true" ? "1" : "0";
  if (text.size() >= 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
  return text;
}

void printPlain() {
  std::cout << "Options of programs built with Snag: SNAG_OPTIONS=name=value:name=value\n\n";
  for (const OptionRow& row : kOptions) {
    const std::string head = std::string(row.name) + "=" + initialText(row);
    std::cout << "  " << std::left << std::setw(24) << head << " " << std::setw(5) << row.type << " " << row.meaning
              << "\n";
  }
  std::cout << "\n" << kTsanOptions << "\n";
}

void printMarkdown() {
  std::cout << "# Run-time options\n\n"
               "Set them with `SNAG_OPTIONS=name=value:name=value` when you run the program.\n\n"
               "| option | type | default | meaning |\n|---|---|---|---|\n";
  for (const OptionRow& row : kOptions) {
    const std::string initial = initialText(row);
    std::cout << "| `" << row.name << "` | " << row.type << " | " << (initial.empty() ? "" : "`" + initial + "`")
              << " | " << row.meaning << " |\n";
  }
  std::cout << "\n" << kTsanOptions << "\n";
}

}  // namespace

void addOptions(CLI::App& app, int& exitCode) {
  auto markdown = std::make_shared<bool>(false);
  CLI::App* verb = app.add_subcommand("options", "list the run-time options of SNAG_OPTIONS");
  verb->add_flag("--markdown", *markdown, "as a table for the documentation");
  verb->callback([markdown, &exitCode] {
    *markdown ? printMarkdown() : printPlain();
    exitCode = kSuccess;
  });
}

}  // namespace snag::commands
