// GitLab's Code Quality report: a list of issues. GitLab tells new ones from known ones itself, by fingerprint.
#include "model/finding_kind.h"
#include "render/document.h"
#include "render/formats.h"
#include "render/json_writer.h"
#include "render/story.h"

#include <set>

namespace snag::render {

using namespace model;

namespace {

const char* severityOf(FindingKind kind) {
  switch (kind) {
    case FindingKind::UseAfterFreeRace:
    case FindingKind::UseAfterDestroy:
    case FindingKind::FreeOfLocked: return "critical";
    case FindingKind::ThreadLeak: return "minor";
    default: return "major";
  }
}

class GitlabRenderer : public DocumentRenderer {
 public:
  explicit GitlabRenderer(const Context& context) : DocumentRenderer(context), json_(context.out) {}

 protected:
  void write(const Totals&) override {
    std::set<std::string> written;  // GitLab refuses a fingerprint that comes twice
    json_.list([&] {
      for (const Report& report : reports_)
        if (written.insert(report.fingerprint).second) json_.object([&] { issue(report); });
    });
    json_.finish();
  }

 private:
  void issue(const Report& report) {
    const ResolvedFinding& finding = report.group.main();
    const Story story = tell(finding);
    json_.text("description", story.title + ": " + story.sentence);
    json_.text("check_name", kindId(finding.raw.kind));
    json_.text("fingerprint", report.fingerprint);
    json_.text("severity", severityOf(finding.raw.kind));
    json_.object("location", [&] {
      const SourcePlace place = story.place == nullptr ? SourcePlace() : story.place->place;
      const std::string module = story.place == nullptr ? "" : story.place->module;
      const std::string path = place.file.empty() ? module : place.file;
      json_.text("path", path.empty() ? "unknown" : context_.paths.shown(path));
      // Lines begin at 1; a place without one is the file.
      json_.object("lines", [&] { json_.number("begin", place.line == 0 ? 1 : place.line); });
    });
  }

  JsonWriter json_;
};

}  // namespace

std::unique_ptr<Renderer> makeGitlabRenderer(const Context& context) {
  return std::make_unique<GitlabRenderer>(context);
}

}  // namespace snag::render
