// A stack and the source line it ends in, as text, with frames that are only machinery folded away.
#ifndef SNAG_RENDER_STACK_TEXT_H
#define SNAG_RENDER_STACK_TEXT_H

#include "model/resolved_finding.h"
#include "model/source_text.h"
#include "render/text_style.h"

#include <string>
#include <vector>

namespace snag::render {

struct FoldedStack {
  std::vector<const model::ResolvedFrame*> shown;
  size_t folded = 0;  // library and thread start; the runtime's own frames are not worth counting
  size_t cut = 0;     // frames beyond the limit
};

// Verbosity 1 and more shows every frame.
FoldedStack foldStack(const model::ResolvedStack& stack, int verbosity);

// "increment() /abs/file.cpp:9:11", "work (app+0x1234)" or "(app+0x1234)".
std::string frameText(const model::ResolvedFrame& frame);

std::string stackText(const model::ResolvedStack& stack, const TextStyle& style);

// The line with a caret under the column; empty if the source is not there.
std::string sourceLineText(const model::SourcePlace& place, model::SourceText& source, const TextStyle& style);

}  // namespace snag::render

#endif  // SNAG_RENDER_STACK_TEXT_H
