#include "render/text_style.h"

#include <unistd.h>
#include <cstdlib>

namespace snag::render {

std::string TextStyle::paint(Paint paint, std::string_view text) const {
  if (!color) return std::string(text);
  const char* code = "0";
  switch (paint) {
    case Paint::Error: code = "1;31"; break;
    case Paint::Label: code = "1"; break;
    case Paint::Caret: code = "1;32"; break;
    case Paint::Quiet: code = "2"; break;
  }
  return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
}

bool wantColor(std::string_view choice, int fileDescriptor) {
  if (choice == "always") return true;
  if (choice == "never") return false;
  const char* noColor = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (noColor != nullptr && *noColor != 0) return false;
  if (terminal == nullptr || std::string_view(terminal) == "dumb") return false;
  return isatty(fileDescriptor) != 0;
}

}  // namespace snag::render
