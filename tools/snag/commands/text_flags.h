// The flags that all verbs with a text report share.
#ifndef SNAG_COMMANDS_TEXT_FLAGS_H
#define SNAG_COMMANDS_TEXT_FLAGS_H

#include "commands/commands.h"
#include "render/text.h"

#include <memory>
#include <string>

namespace snag::commands {

struct TextFlags {
  std::string format = "text";
  std::string color;
  int verbosity = -1;

  void addTo(CLI::App& verb);
  render::TextOptions options(int fileDescriptor) const;
};

}  // namespace snag::commands

#endif  // SNAG_COMMANDS_TEXT_FLAGS_H
