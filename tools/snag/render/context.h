// What every format but the text needs beside the reports.
#ifndef SNAG_RENDER_CONTEXT_H
#define SNAG_RENDER_CONTEXT_H

#include "model/finding_kind.h"
#include "model/source_text.h"
#include "render/paths.h"

#include <ostream>
#include <string>

namespace snag::render {

// All of it must outlive the renderer.
struct Context {
  model::SourceText& source;
  const Paths& paths;
  std::ostream& out;
  std::string docsUrl = {};  // where the pages of docs/findings are published; often empty

  // The address of a kind's page, or empty.
  std::string pageUrl(record::FindingKind kind) const {
    return docsUrl.empty() ? "" : docsUrl + (docsUrl.ends_with('/') ? "" : "/") + model::kindId(kind) + ".md";
  }
};

}  // namespace snag::render

#endif  // SNAG_RENDER_CONTEXT_H
