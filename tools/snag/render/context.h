// What every format but the text needs beside the reports.
#ifndef SNAG_RENDER_CONTEXT_H
#define SNAG_RENDER_CONTEXT_H

#include "model/source_text.h"
#include "render/paths.h"

#include <ostream>

namespace snag::render {

// All of it must outlive the renderer.
struct Context {
  model::SourceText& source;
  const Paths& paths;
  std::ostream& out;
};

}  // namespace snag::render

#endif  // SNAG_RENDER_CONTEXT_H
