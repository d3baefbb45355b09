// One self-contained page: it loads nothing, works from a file, and shows all findings even without script. Everything
// that came from the program passes through xmlText().
#include "model/advice.h"
#include "model/finding_kind.h"
#include "model/kind_help.h"
#include "model/text_format.h"
#include "model/version.h"
#include "render/document.h"
#include "render/drawing.h"
#include "render/escape.h"
#include "render/formats.h"
#include "render/html_page.h"
#include "render/markdown.h"
#include "render/object_text.h"
#include "render/stack_text.h"
#include "render/story.h"

#include <map>
#include <set>

namespace snag::render {

using namespace model;

namespace {

constexpr uint32_t kContextLines = 3;

class HtmlRenderer : public DocumentRenderer {
 public:
  explicit HtmlRenderer(const Context& context) : DocumentRenderer(context), out_(context.out) {}

 protected:
  void write(const Totals& totals) override {
    out_ << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
            "script-src 'unsafe-inline'\">\n<title>Snag: "
         << counted(totals.reports, "finding") << "</title>\n<style>" << kHtmlStyle
         << "</style>\n</head>\n<body>\n"
            "<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n";
    header(totals);
    contents();
    out_ << "<main id=\"findings\" tabindex=\"-1\">\n";
    for (size_t i = 0; i < reports_.size(); ++i) card(i);
    explanations();
    out_ << "</main>\n<script>" << kHtmlScript << "</script>\n</body>\n</html>\n";
  }

 private:
  void header(const Totals& totals) {
    out_ << "<header>\n<h1>" << counted(totals.reports, "finding") << "</h1>\n<p class=\"quiet\">Snag " << kSnagVersion
         << ", " << totals.processes.size() << (totals.processes.size() == 1 ? " process" : " processes") << ", "
         << counted(totals.races, "racing pair") << " seen";
    if (totals.suppressed != 0) out_ << ", " << totals.suppressed << " suppressed";
    if (totals.baseline)
      out_ << "; " << totals.baseline->added << " new, " << totals.baseline->known << " known, "
           << totals.baseline->fixed << " fixed, " << totals.baseline->expired << " expired";
    if (totals.forgotten != 0)
      out_ << "; memory ran short and " << counted(totals.forgotten, "shadow word") << " had to be forgotten";
    out_ << ".</p>\n";
    for (const std::string& problem : problems_) out_ << "<p>Warning: " << xmlText(problem) << "</p>\n";
    filters();
    out_ << "</header>\n";
  }

  void filters() {
    std::map<FindingKind, size_t> counts;
    for (const Report& report : reports_) ++counts[report.group.main().raw.kind];
    out_ << "<form aria-label=\"Filter\"><label>Kind <select id=\"kind\"><option value=\"\">all (" << reports_.size()
         << ")</option>";
    for (const auto& [kind, count] : counts)
      out_ << "<option value=\"" << xmlText(kindId(kind)) << "\">" << xmlText(kindName(kind)) << " (" << count
           << ")</option>";
    out_ << "</select></label> <label>Text, folder or fingerprint <input id=\"text\" type=\"search\"></label> "
            "<span id=\"shown\" role=\"status\" class=\"quiet\"></span></form>\n";
  }

  // The page of each kind that was found, once, behind all findings.
  void explanations() {
    std::set<FindingKind> kinds;
    for (const Report& report : reports_) kinds.insert(report.group.main().raw.kind);
    for (const FindingKind kind : kinds) {
      if (kindPage(kind).empty()) continue;
      out_ << "<details class=\"page\" id=\"" << pageId(kind) << "\" tabindex=\"-1\"><summary>What is a "
           << xmlText(kindName(kind)) << "?</summary>\n"
           << markdownHtml(kindPage(kind));
      if (const std::string url = context_.pageUrl(kind); !url.empty())
        out_ << "<p><a href=\"" << xmlText(url) << "\" rel=\"noreferrer\">This page on the web</a></p>\n";
      out_ << "</details>\n";
    }
  }

  static std::string pageId(FindingKind kind) { return "about-" + kindId(kind); }

  static std::string cardId(size_t index) { return "finding-" + std::to_string(index + 1); }

  void contents() {
    out_ << "<nav aria-label=\"Findings\"><ol>\n";
    for (size_t i = 0; i < reports_.size(); ++i) {
      const ResolvedFinding& finding = reports_[i].group.main();
      out_ << "<li id=\"entry-" << cardId(i) << "\"><a href=\"#" << cardId(i) << "\">" << xmlText(titleText(finding))
           << "</a> <span class=\"quiet\">" << xmlText(placeText(tell(finding).place)) << stateText(reports_[i].state)
           << "</span></li>\n";
    }
    out_ << "</ol></nav>\n";
  }

  static const char* stateText(BaselineState state) {
    switch (state) {
      case BaselineState::New: return " · new";
      case BaselineState::Known: return " · known";
      case BaselineState::Expired: return " · expired";
      case BaselineState::None: break;
    }
    return "";
  }

  std::string placeText(const ResolvedFrame* frame) const {
    if (frame == nullptr) return "place unknown";
    if (frame->place.file.empty() || frame->place.line == 0) return frameText(*frame);
    return context_.paths.shown(frame->place.file) + ":" + std::to_string(frame->place.line);
  }

  void card(size_t index) {
    const Report& report = reports_[index];
    const ResolvedFinding& finding = report.group.main();
    const Story story = tell(finding);
    std::string search = story.title + " " + report.fingerprint;
    for (const Moment& moment : story.moments) search += " " + placeText(moment.place);
    out_ << "<article id=\"" << cardId(index) << "\" tabindex=\"-1\" data-kind=\"" << xmlText(kindId(finding.raw.kind))
         << "\" data-fingerprint=\"" << report.fingerprint << "\" data-search=\"" << xmlText(search) << "\""
         << (report.state == BaselineState::Known ? " class=\"known\"" : "") << ">\n<h2>" << xmlText(story.title)
         << stateText(report.state) << "</h2>\n<p>" << xmlText(story.sentence) << "</p>\n<div class=\"sides\">\n";
    for (const Moment& moment : story.moments) side(moment);
    out_ << "</div>\n" << timelineSvg(finding, story) << "\n" << layoutSvg(finding) << "\n";
    details(report, finding, story);
    out_ << "</article>\n";
  }

  void side(const Moment& moment) {
    out_ << "<section class=\"side\"><h3>" << xmlText(moment.text) << "</h3>\n";
    if (!moment.note.empty()) out_ << "<p class=\"quiet\">" << xmlText(moment.note) << "</p>\n";
    if (moment.place != nullptr) sourceAround(moment.place->place);
    const FoldedStack folded = foldStack(*moment.stack, 0);
    if (!folded.shown.empty()) {
      out_ << "<ol start=\"0\">";
      for (const ResolvedFrame* frame : folded.shown)
        out_ << "<li><code>" << xmlText(frameText(*frame)) << "</code></li>";
      out_ << "</ol>\n";
    }
    out_ << "</section>\n";
  }

  void sourceAround(const SourcePlace& place) {
    if (!context_.source.line(place.file, place.line)) return;
    // A box that can be scrolled must be reachable by keyboard.
    out_ << "<p class=\"quiet\">" << xmlText(context_.paths.shown(place.file))
         << "</p><pre tabindex=\"0\" role=\"region\" aria-label=\"Source\">";
    const uint32_t first = place.line > kContextLines ? place.line - kContextLines : 1;
    for (uint32_t number = first; number <= place.line + kContextLines; ++number) {
      const auto line = context_.source.line(place.file, number);
      if (!line) break;
      const bool isHit = number == place.line;
      out_ << (isHit ? "<span class=\"hit\">" : "") << "<span class=\"number\">" << number << (isHit ? " &gt; " : "   ")
           << "</span>" << xmlText(*line) << (isHit ? "</span>" : "\n");
    }
    out_ << "</pre>\n";
  }

  void row(const char* name, const std::string& text) {
    if (!text.empty()) out_ << "<dt>" << name << "</dt><dd>" << xmlText(text) << "</dd>\n";
  }

  void details(const Report& report, const ResolvedFinding& finding, const Story& story) {
    out_ << "<dl>\n";
    row("To fix", story.fix);
    if (finding.usualLock)
      row("Locks", std::to_string(finding.raw.usualLock->held) + " of " + std::to_string(finding.raw.usualLock->total) +
                       " remembered accesses to this object hold " + lockText(*finding.usualLock));
    if (finding.raw.address != 0) row("Object", longObject(finding));
    for (const Thread& thread : finding.raw.threads)
      if (!thread.name.empty())
        row("Thread", threadName(finding, thread.number) + (thread.finished ? " (finished)" : " (running)"));
    for (const Related& related : story.related) row("See also", related.text + ": " + placeText(related.place));
    if (report.group.members.size() > 1)
      row("Members", counted(report.group.members.size(), "finding") + " of the same bug");
    row("Why a bug", kindHelp(finding.raw.kind).reason);
    if (!kindPage(finding.raw.kind).empty())
      out_ << "<dt>To learn</dt><dd><a href=\"#" << pageId(finding.raw.kind) << "\">what a "
           << xmlText(kindName(finding.raw.kind)) << " is, and how to fix it</a></dd>\n";
    if (!story.suppression.empty()) row("To silence", story.suppression);
    row("Fingerprint", report.fingerprint);
    out_ << "</dl>\n";
  }

  std::ostream& out_;
};

}  // namespace

std::unique_ptr<Renderer> makeHtmlRenderer(const Context& context) { return std::make_unique<HtmlRenderer>(context); }

}  // namespace snag::render
