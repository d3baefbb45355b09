// Annotations of GitHub Actions without code scanning: one workflow command a report.
#include "model/text_format.h"
#include "render/document.h"
#include "render/escape.h"
#include "render/formats.h"
#include "render/story.h"

namespace snag::render {

using namespace model;

namespace {

// GitHub shows ten errors of a step and drops the rest without a word; likewise what is longer than these.
constexpr size_t kMostErrors = 10;
constexpr size_t kLongestTitle = 255;
constexpr size_t kLongestMessage = 16000;

class GithubRenderer : public DocumentRenderer {
 public:
  using DocumentRenderer::DocumentRenderer;

 protected:
  void write(const Totals&) override {
    size_t errors = 0;
    for (const Report& report : reports_)
      if (report.state != BaselineState::Known && ++errors <= kMostErrors) annotation(report);
    if (errors > kMostErrors)
      context_.out << "::warning title=Snag::"
                   << githubMessage(counted(errors - kMostErrors, "more finding") +
                                    " not shown here: GitHub shows ten of a step. Use --format=sarif or --format=text "
                                    "to see all.")
                   << "\n";
    for (const std::string& problem : problems_)
      context_.out << "::warning title=Snag::" << githubMessage(problem) << "\n";
  }

 private:
  void annotation(const Report& report) {
    const Story story = tell(report.group.main());
    context_.out << "::error ";
    if (story.place != nullptr && story.place->place.line != 0) {
      const SourcePlace& place = story.place->place;
      context_.out << "file=" << githubProperty(context_.paths.shown(place.file)) << ",line=" << place.line;
      if (place.column != 0) context_.out << ",col=" << place.column;
      context_.out << ",";
    }
    context_.out << "title=" << githubProperty(shortened("Snag: " + story.title, kLongestTitle))
                 << "::" << githubMessage(shortened(messageOf(story, report.fingerprint), kLongestMessage)) << "\n";
  }

  std::string messageOf(const Story& story, const std::string& fingerprint) const {
    std::string text = story.sentence;
    for (const Moment& moment : story.moments) text += "\n" + moment.text + placeText(moment);
    return text + "\nTo fix: " + story.fix + "\nFingerprint: " + fingerprint;
  }

  std::string placeText(const Moment& moment) const {
    if (moment.place == nullptr || moment.place->place.line == 0)
      return moment.note.empty() ? "" : " (" + moment.note + ")";
    return ": " + context_.paths.shown(moment.place->place.file) + ":" + std::to_string(moment.place->place.line);
  }
};

}  // namespace

std::unique_ptr<Renderer> makeGithubRenderer(const Context& context) {
  return std::make_unique<GithubRenderer>(context);
}

}  // namespace snag::render
