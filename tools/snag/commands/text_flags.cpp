#include "commands/text_flags.h"

namespace snag::commands {

void TextFlags::addTo(CLI::App& verb) {
  verb.add_option("--verbosity", verbosity, "1 unfolds frames of the standard library and of thread start")
      ->check(CLI::Range(0, 9));
  verb.add_option("--color", color, "auto (default), always or never; NO_COLOR is honoured")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  verb.add_option("--suppressions", suppressions,
                  "file of rules that silence known findings: race:PATTERN, race_top:PATTERN")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

void TextFlags::suppressIn(model::Session& session) const {
  for (const std::string& file : suppressions) session.suppress(file);
}

render::TextOptions TextFlags::options(int fileDescriptor) const {
  render::TextOptions options;
  if (verbosity >= 0) options.verbosity = verbosity;
  if (!color.empty()) options.color = color;
  options.fileDescriptor = fileDescriptor;
  return options;
}

}  // namespace snag::commands
