// The text report, as it appears on the terminal.
#ifndef SNAG_RENDER_TEXT_H
#define SNAG_RENDER_TEXT_H

#include "model/source_text.h"
#include "render/renderer.h"
#include "render/text_style.h"

#include <memory>
#include <optional>
#include <ostream>
#include <string>

namespace snag::render {

struct TextOptions {
  std::optional<int> verbosity;      // unset: what the program's records say
  std::optional<std::string> color;  // likewise: auto, always, never
  int fileDescriptor = 2;            // where `out` ends: decides about colours
  bool followsLogPath = false;       // print into the file that the program's records name, if they do
};

// `source` and `out` must outlive the renderer.
std::unique_ptr<Renderer> makeTextRenderer(TextOptions options, model::SourceText& source, std::ostream& out);

// One report, from "==PID==ERROR: Snag:" to "SUMMARY: Snag:".
std::string textReport(const Report& report, model::SourceText& source, const TextStyle& style);

}  // namespace snag::render

#endif  // SNAG_RENDER_TEXT_H
