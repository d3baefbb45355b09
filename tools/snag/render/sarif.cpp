// SARIF 2.1.0, as GitHub code scanning and others read it: one result a report, the accesses or steps as thread flows
// of one code flow. GitHub refuses files with more results or locations than its limits.
#include "model/finding_kind.h"
#include "model/kind_help.h"
#include "model/text_format.h"
#include "model/version.h"
#include "render/document.h"
#include "render/formats.h"
#include "render/json_writer.h"
#include "render/stack_text.h"
#include "render/story.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>

namespace snag::render {

using namespace model;

namespace {

constexpr size_t kMostResults = 25000;
constexpr size_t kMostRelated = 100;  // shown of one result
constexpr size_t kMostFrames = 50;    // of one thread flow
constexpr const char* kRoot = "%SRCROOT%";

class SarifRenderer : public DocumentRenderer {
 public:
  explicit SarifRenderer(const Context& context) : DocumentRenderer(context), json_(context.out) {}

 protected:
  void write(const Totals&) override {
    for (const Report& report : reports_) ruleIndex_.try_emplace(report.group.main().raw.kind, 0);
    size_t index = 0;
    for (auto& [kind, number] : ruleIndex_) number = index++;
    json_.object([&] {
      json_.text("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
      json_.text("version", "2.1.0");
      json_.list("runs", [&] { json_.object([&] { run(); }); });
    });
    json_.finish();
  }

 private:
  void run() {
    tool();
    invocation();
    if (!context_.paths.root().empty())
      json_.object("originalUriBaseIds", [&] {
        json_.object(kRoot, [&] { json_.text("uri", "file://" + uriPath(context_.paths.root()) + "/"); });
      });
    json_.text("columnKind", "unicodeCodePoints");
    json_.list("results", [&] {
      for (const Report& report : reports_ | std::views::take(kMostResults)) json_.object([&] { result(report); });
    });
  }

  void tool() {
    json_.object("tool", [&] {
      json_.object("driver", [&] {
        json_.text("name", "Snag");
        json_.text("version", kSnagVersion);
        json_.text("semanticVersion", kSnagVersion);
        json_.list("rules", [&] {
          for (const auto& [kind, index] : ruleIndex_) json_.object([&] { rule(kind); });
        });
      });
    });
  }

  void message(const char* key, const std::string& text) {
    json_.object(key, [&] { json_.text("text", text); });
  }

  void rule(FindingKind kind) {
    const KindHelp help = kindHelp(kind);
    json_.text("id", kindId(kind));
    json_.text("name", kindName(kind));
    message("shortDescription", capitalisedName(kind));
    message("fullDescription", help.summary);
    json_.object("help", [&] {
      json_.text("text", help.summary + "\n\nWhy it is a bug: " + help.reason + "\n\nHow to fix it: " + help.cure);
      json_.text("markdown", std::string(kindPage(kind)));
    });
    json_.textIfAny("helpUri", context_.pageUrl(kind));
    json_.object("defaultConfiguration", [&] { json_.text("level", "error"); });
    json_.object("properties", [&] {
      json_.list("tags", [&] {
        json_.text("concurrency");
        json_.text("correctness");
      });
      json_.text("precision", "very-high");
      json_.text("problem.severity", "error");
    });
  }

  static std::string capitalisedName(FindingKind kind) {
    std::string name = kindName(kind);
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
  }

  void invocation() {
    json_.list("invocations", [&] {
      json_.object([&] {
        json_.flag("executionSuccessful", problems_.empty());
        json_.list("toolExecutionNotifications", [&] { notifications(); });
      });
    });
  }

  void notifications() {
    std::vector<std::string> messages = problems_;
    if (reports_.size() > kMostResults)
      messages.push_back(std::to_string(reports_.size() - kMostResults) +
                         " more findings are left out, because readers of SARIF refuse files with more.");
    for (const std::string& text : messages)
      json_.object([&] {
        json_.text("level", "warning");
        message("message", text);
      });
  }

  void result(const Report& report) {
    const ResolvedFinding& finding = report.group.main();
    const Story story = tell(finding);
    json_.text("ruleId", kindId(finding.raw.kind));
    json_.number("ruleIndex", ruleIndex_.at(finding.raw.kind));
    json_.text("level", "error");
    message("message", capitalisedTitle(story) + ". " + story.sentence + " To fix: " + story.fix);
    json_.list("locations", [&] { json_.object([&] { location(story.place, story); }); });
    json_.object("partialFingerprints", [&] { json_.text("racePair/v1", report.fingerprint); });
    if (report.state != BaselineState::None)
      json_.text("baselineState", report.state == BaselineState::Known ? "unchanged" : "new");
    json_.list("codeFlows",
               [&] { json_.object([&] { json_.list("threadFlows", [&] { threadFlows(finding, story); }); }); });
    related(story);
    json_.number("occurrenceCount", report.group.members.size());
  }

  static std::string capitalisedTitle(const Story& story) {
    std::string title = story.title;
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 'a' + 'A');
    return title;
  }

  // One for each access or step; the ids must differ even if one thread takes part twice.
  void threadFlows(const ResolvedFinding& finding, const Story& story) {
    std::map<std::string, int> uses;
    for (const Moment& moment : story.moments)
      json_.object([&] {
        const std::string id = threadName(finding, moment.thread);
        const int use = ++uses[id];
        json_.text("id", use == 1 ? id : id + " (" + std::to_string(use) + ")");
        message("message", momentText(moment));
        json_.list("locations", [&] { flow(moment, story); });
      });
  }

  static std::string momentText(const Moment& moment) {
    return moment.text + (moment.note.empty() ? "" : " (" + moment.note + ")");
  }

  // In the order of the calls, so that the last one is the access itself.
  void flow(const Moment& moment, const Story& story) {
    std::vector<const ResolvedFrame*> frames = foldStack(*moment.stack, 0).shown;
    if (frames.size() > kMostFrames) frames.resize(kMostFrames);
    if (frames.empty()) return json_.object([&] { flowStep(nullptr, momentText(moment), story, true); });
    for (const ResolvedFrame* frame : frames | std::views::reverse)
      json_.object([&] {
        const bool isLast = frame == frames.front();
        flowStep(frame, isLast ? momentText(moment) : frameText(*frame), story, isLast);
      });
  }

  void flowStep(const ResolvedFrame* frame, const std::string& text, const Story& story, bool isEssential) {
    json_.object("location", [&] {
      location(frame, story);
      message("message", text);
    });
    json_.text("importance", isEssential ? "essential" : "important");
  }

  void related(const Story& story) {
    json_.list("relatedLocations", [&] {
      uint64_t id = 1;
      for (const Related& place : story.related | std::views::take(kMostRelated))
        json_.object([&] {
          json_.number("id", id++);
          location(place.place, story);
          message("message", place.text);
        });
    });
  }

  // Without a line the file alone, and without a file the program. Readers insist on a place, so an unknown one is in
  // the file of the known one.
  void location(const ResolvedFrame* frame, const Story& story) {
    if (frame == nullptr) frame = story.place;
    const bool hasFile = frame != nullptr && !frame->place.file.empty();
    const std::string path = hasFile ? frame->place.file : frame == nullptr ? "" : frame->module;
    json_.object("physicalLocation", [&] {
      artifact(path.empty() ? "unknown" : path);
      if (hasFile && frame->place.line != 0) region(frame->place);
    });
    if (frame == nullptr || frame->place.function.empty()) return;
    json_.list("logicalLocations", [&] {
      json_.object([&] {
        json_.text("fullyQualifiedName", frame->place.function);
        json_.text("kind", "function");
      });
    });
  }

  void artifact(const std::string& path) {
    json_.object("artifactLocation", [&] {
      const std::string shown = context_.paths.shown(path);
      const bool isAbsolute = shown.starts_with('/');
      json_.text("uri", (isAbsolute ? "file://" : "") + uriPath(shown));
      if (!isAbsolute && !context_.paths.root().empty()) json_.text("uriBaseId", kRoot);
    });
  }

  void region(const SourcePlace& place) {
    json_.object("region", [&] {
      json_.number("startLine", place.line);
      if (place.column != 0) json_.number("startColumn", place.column);
      const auto line = context_.source.line(place.file, place.line);
      if (line && !line->empty()) json_.object("snippet", [&] { json_.text("text", *line); });
    });
  }

  JsonWriter json_;
  std::map<FindingKind, size_t> ruleIndex_;
};

}  // namespace

std::unique_ptr<Renderer> makeSarifRenderer(const Context& context) { return std::make_unique<SarifRenderer>(context); }

}  // namespace snag::render
