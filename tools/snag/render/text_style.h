// Colours and depth of the text report.
#ifndef SNAG_RENDER_TEXT_STYLE_H
#define SNAG_RENDER_TEXT_STYLE_H

#include <string>
#include <string_view>

namespace snag::render {

enum class Paint { Error, Label, Caret, Quiet };

struct TextStyle {
  bool color = false;
  int verbosity = 0;

  std::string paint(Paint paint, std::string_view text) const;
};

// "always", "never" or "auto": colours on a terminal unless NO_COLOR is set or the terminal is dumb.
bool wantColor(std::string_view choice, int fileDescriptor);

}  // namespace snag::render

#endif  // SNAG_RENDER_TEXT_STYLE_H
