// JUnit's XML: each report is a failed test case. Known ones of a baseline are skipped.
#include "model/finding_kind.h"
#include "model/text_format.h"
#include "render/document.h"
#include "render/escape.h"
#include "render/formats.h"
#include "render/story.h"

#include <algorithm>

namespace snag::render {

using namespace model;

namespace {

std::string attribute(const char* name, std::string_view value) {
  return std::string(" ") + name + "=\"" + xmlText(value) + "\"";
}

class JunitRenderer : public DocumentRenderer {
 public:
  using DocumentRenderer::DocumentRenderer;

 protected:
  void write(const Totals&) override {
    const auto known = static_cast<size_t>(std::ranges::count(reports_, BaselineState::Known, &Report::state));
    // Readers take a file without test cases for a mistake.
    const std::string counts = attribute("tests", std::to_string(std::max<size_t>(reports_.size(), 1))) +
                               attribute("failures", std::to_string(reports_.size() - known)) +
                               attribute("errors", "0") + attribute("skipped", std::to_string(known));
    std::ostream& out = context_.out;
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" << attribute("name", "Snag") << counts
        << ">\n  <testsuite" << attribute("name", "Snag") << counts << ">\n";
    if (reports_.empty())
      out << "    <testcase" << attribute("name", "no findings") << attribute("classname", "snag") << "/>\n";
    for (const Report& report : reports_) testCase(report);
    if (!problems_.empty()) out << "    <system-err>" << xmlText(joinedLines(problems_)) << "</system-err>\n";
    out << "  </testsuite>\n</testsuites>\n";
  }

 private:
  static std::string joinedLines(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
  }

  void testCase(const Report& report) {
    const ResolvedFinding& finding = report.group.main();
    const Story story = tell(finding);
    const std::string kind = kindId(finding.raw.kind);
    std::ostream& out = context_.out;
    out << "    <testcase" << attribute("name", story.title + " [" + report.fingerprint + "]")
        << attribute("classname", "snag." + kind);
    if (story.place != nullptr && story.place->place.line != 0)
      out << attribute("file", context_.paths.shown(story.place->place.file))
          << attribute("line", std::to_string(story.place->place.line));
    out << ">\n";
    if (report.state == BaselineState::Known)
      out << "      <skipped" << attribute("message", "known: in the baseline") << "/>\n";
    else
      out << "      <failure" << attribute("message", story.title) << attribute("type", kind) << ">"
          << xmlText(textReport(report, context_.source, {})) << "</failure>\n";
    out << "    </testcase>\n";
  }
};

}  // namespace

std::unique_ptr<Renderer> makeJunitRenderer(const Context& context) { return std::make_unique<JunitRenderer>(context); }

}  // namespace snag::render
