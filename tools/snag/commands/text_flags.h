// The flags that all verbs with a text report share.
#ifndef SNAG_COMMANDS_TEXT_FLAGS_H
#define SNAG_COMMANDS_TEXT_FLAGS_H

#include "commands/commands.h"
#include "model/session.h"
#include "render/text.h"

#include <memory>
#include <string>
#include <vector>

namespace snag::commands {

struct TextFlags {
  std::string color;
  int verbosity = -1;
  std::vector<std::string> suppressions;

  void addTo(CLI::App& verb);
  render::TextOptions options(int fileDescriptor) const;
  // Hands the files of --suppressions to the session.
  void suppressIn(model::Session& session) const;
};

}  // namespace snag::commands

#endif  // SNAG_COMMANDS_TEXT_FLAGS_H
