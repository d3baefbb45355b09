// Lines that Visual Studio, MSBuild and many editors turn into links: path(line,column): error CODE: message.
#include "model/finding_kind.h"
#include "render/document.h"
#include "render/escape.h"
#include "render/formats.h"
#include "render/story.h"

#include <cstdio>

namespace snag::render {

using namespace model;

namespace {

// "SNAG002": the number of the kind in records, which never changes.
std::string codeOf(FindingKind kind) {
  char code[16];
  std::snprintf(code, sizeof code, "SNAG%03u", static_cast<unsigned>(kind));
  return code;
}

class MsvcRenderer : public DocumentRenderer {
 public:
  using DocumentRenderer::DocumentRenderer;

 protected:
  void write(const Totals&) override {
    for (const Report& report : reports_)
      if (report.state != BaselineState::Known) lines(report);
    for (const std::string& problem : problems_) context_.out << "snag : warning SNAG000: " << utf8(problem) << "\n";
  }

 private:
  void lines(const Report& report) {
    const ResolvedFinding& finding = report.group.main();
    const Story story = tell(finding);
    line(story.place, "error " + codeOf(finding.raw.kind), story.title + ". " + story.sentence);
    for (const Moment& moment : story.moments)
      line(moment.place, "note", moment.text + (moment.note.empty() ? "" : " (" + moment.note + ")"));
    for (const Related& related : story.related) line(related.place, "note", related.text);
    line(story.place, "note", "to fix: " + story.fix + " Fingerprint: " + report.fingerprint);
  }

  // A line without a place is attributed to the tool.
  void line(const ResolvedFrame* frame, const std::string& category, const std::string& text) {
    std::string origin = "snag ";
    if (frame != nullptr && frame->place.line != 0) {
      const SourcePlace& place = frame->place;
      origin = place.file + "(" + std::to_string(place.line) +
               (place.column == 0 ? "" : "," + std::to_string(place.column)) + ")";
    }
    context_.out << utf8(origin) << ": " << category << ": " << utf8(text) << "\n";
  }
};

}  // namespace

std::unique_ptr<Renderer> makeMsvcRenderer(const Context& context) { return std::make_unique<MsvcRenderer>(context); }

}  // namespace snag::render
