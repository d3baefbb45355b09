// A renderer that writes one document when all is known.
#ifndef SNAG_RENDER_DOCUMENT_H
#define SNAG_RENDER_DOCUMENT_H

#include "render/context.h"
#include "render/renderer.h"

namespace snag::render {

class DocumentRenderer : public Renderer {
 public:
  explicit DocumentRenderer(const Context& context) : context_(context) {}

  void process(const model::Process&) override {}
  void report(const Report& report) override { reports_.push_back(report); }
  void problem(const std::string& message) override { problems_.push_back(message); }
  void finish(const Totals& totals) override { write(totals); }

 protected:
  virtual void write(const Totals& totals) = 0;

  const Context context_;
  std::vector<Report> reports_;
  std::vector<std::string> problems_;
};

}  // namespace snag::render

#endif  // SNAG_RENDER_DOCUMENT_H
