// The whole of what is known, for programs. docs/findings.schema.json describes it; docs/formats.md in words.
#include "model/advice.h"
#include "model/finding_kind.h"
#include "model/sentence.h"
#include "model/text_format.h"
#include "model/version.h"
#include "render/document.h"
#include "render/formats.h"
#include "render/json_writer.h"
#include "render/object_text.h"
#include "render/story.h"

#include <iterator>
#include <set>

namespace snag::render {

using namespace model;

namespace {

// Bump on any change that a reader of the old form would misread, in docs/findings.schema.json too.
constexpr uint64_t kFormatVersion = 1;

const char* frameKindText(FrameKind kind) {
  switch (kind) {
    case FrameKind::User: return "user";
    case FrameKind::Library: return "library";
    case FrameKind::ThreadStart: return "thread-start";
    case FrameKind::Runtime: break;
  }
  return "runtime";
}

const char* objectKindText(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Global: return "global";
    case ObjectKind::Heap: return "heap";
    case ObjectKind::Stack: return "stack";
    case ObjectKind::ThreadLocal: return "thread-local";
    case ObjectKind::Unknown: break;
  }
  return "unknown";
}

const char* stateText(BaselineState state) {
  switch (state) {
    case BaselineState::New: return "new";
    case BaselineState::Known: return "known";
    case BaselineState::Expired: return "expired";
    case BaselineState::None: break;
  }
  return "";
}

class JsonRenderer : public DocumentRenderer {
 public:
  explicit JsonRenderer(const Context& context) : DocumentRenderer(context), json_(context.out) {}

 protected:
  void write(const Totals& totals) override {
    json_.object([&] {
      head();
      processes(totals);
      counts(totals);
      suppressed(totals);
      json_.list("problems", [&] {
        for (const std::string& problem : problems_) json_.text(problem);
      });
      json_.list("findings", [&] {
        for (const Report& report : reports_) json_.object([&] { finding(report); });
      });
    });
    json_.finish();
  }

 private:
  void head() {
    json_.text("tool", "Snag");
    json_.text("version", kSnagVersion);
    json_.number("format_version", kFormatVersion);
    json_.text("source_root", context_.paths.root());
  }

  void processes(const Totals& totals) {
    json_.list("processes", [&] {
      for (const ProcessUse& use : totals.processes) json_.object([&] { processUse(use); });
    });
  }

  void processUse(const ProcessUse& use) {
    json_.number("pid", use.process.id);
    json_.text("executable", context_.paths.shown(use.process.executable));
    json_.text("snag_version", use.process.snagVersion);
    json_.number("findings", use.findings);
    json_.flag("ended", use.summary.has_value());
    if (!use.summary) return;
    json_.number("threads", use.summary->threads);
    json_.number("checks", use.summary->checks);
    json_.number("modules", use.summary->modules);
  }

  void counts(const Totals& totals) {
    json_.object("counts", [&] {
      json_.number("findings", totals.reports);
      json_.number("members", totals.findings);
      json_.number("racing_pairs", totals.races);
      json_.number("suppressed", totals.suppressed);
      json_.number("filtered", totals.filtered);
    });
    json_.number("forgotten", totals.forgotten);
    if (totals.baseline)
      json_.object("baseline", [&] {
        json_.number("new", totals.baseline->added);
        json_.number("known", totals.baseline->known);
        json_.number("expired", totals.baseline->expired);
        json_.number("fixed", totals.baseline->fixed);
      });
  }

  void suppressed(const Totals& totals) {
    std::vector<RuleUse> rules = totals.usedRules;
    rules.insert(rules.end(), totals.unusedRules.begin(), totals.unusedRules.end());
    json_.list("suppressed", [&] {
      for (const RuleUse& rule : rules)
        json_.object([&] {
          json_.text("rule", rule.text);
          json_.number("line", rule.line);
          json_.number("findings", rule.reports);
        });
    });
  }

  void finding(const Report& report) {
    const ResolvedFinding& main = report.group.main();
    const Story story = tell(main);
    json_.text("fingerprint", report.fingerprint);
    if (report.state != BaselineState::None) json_.text("state", stateText(report.state));
    json_.text("kind", kindId(main.raw.kind));
    json_.text("title", story.title);
    json_.text("subject", main.subject);
    json_.text("sentence", story.sentence);
    json_.text("fix", story.fix);
    json_.text("help", "snag explain " + kindId(main.raw.kind));
    json_.textIfAny("help_url", context_.pageUrl(main.raw.kind));
    json_.textIfAny("suppression", story.suppression);
    json_.number("pid", main.processId);
    if (story.place != nullptr) json_.object("place", [&] { frame(*story.place); });
    json_.list("accesses", [&] {
      for (int side = 0; side < 2 && !main.raw.isMisuse(); ++side) json_.object([&] { access(main, story, side); });
    });
    json_.list("steps", [&] {
      for (size_t i = 0; i < main.steps.size(); ++i) json_.object([&] { step(main, story, i); });
    });
    object(main);
    usualLock(main);
    json_.list("threads", [&] {
      for (size_t i = 0; i < main.raw.threads.size(); ++i) json_.object([&] { thread(main, i); });
    });
    members(report.group, main);
  }

  void access(const ResolvedFinding& finding, const Story& story, int side) {
    const Access& raw = finding.access(side);
    moment(story.moments[side]);
    json_.flag("read", raw.is(record::kAccessRead) || raw.is(record::kAccessPartOfRmw));
    json_.flag("write", raw.writes());
    json_.flag("read_modify_write", raw.isReadModifyWrite());
    json_.flag("atomic", raw.is(record::kAccessAtomic));
    json_.flag("frees", raw.is(record::kAccessFree));
    json_.flag("forgotten", raw.isForgotten());
    json_.text("address", hex(raw.address));
    json_.number("size", raw.size);
    json_.textIfAny("through", finding.accesses[side].through);
    json_.list("locks", [&] {
      for (const ResolvedLock& held : finding.accesses[side].locks) json_.object([&] { lock(held); });
    });
  }

  void step(const ResolvedFinding& finding, const Story& story, size_t index) {
    const ResolvedStep& step = finding.steps[index];
    moment(story.moments[index]);
    json_.textIfAny("object", step.object);
    if (step.held) json_.object("held", [&] { lock(*step.held); });
  }

  // What accesses and steps have in common.
  void moment(const Moment& moment) {
    json_.text("text", moment.text);
    json_.textIfAny("note", moment.note);
    if (moment.thread) json_.number("thread", *moment.thread);
    if (moment.place != nullptr) {
      json_.object("place", [&] { frame(*moment.place); });
      if (const auto line = context_.source.line(moment.place->place.file, moment.place->place.line))
        json_.text("source", *line);
    }
    stack("stack", *moment.stack);
  }

  void lock(const ResolvedLock& lock) {
    json_.text("name", lockText(lock));
    json_.text("mode", lock.mode == LockMode::Read ? "read" : "write");
    stack("taken", lock.taken);
  }

  void stack(const char* key, const ResolvedStack& stack) {
    json_.list(key, [&] {
      for (const ResolvedFrame& entry : stack.frames) json_.object([&] { frame(entry); });
    });
  }

  void frame(const ResolvedFrame& frame) {
    json_.text("function", frame.place.function);
    json_.text("file", context_.paths.shown(frame.place.file));
    json_.number("line", frame.place.line);
    json_.number("column", frame.place.column);
    json_.text("module", context_.paths.shown(frame.module));
    json_.text("address", hex(frame.address));
    json_.text("kind", frameKindText(frame.kind));
  }

  void object(const ResolvedFinding& finding) {
    const Object& raw = finding.raw.object;
    if (finding.raw.address == 0) return;
    json_.object("object", [&] {
      json_.text("kind", objectKindText(raw.kind));
      json_.text("text", longObject(finding));
      json_.text("address", hex(finding.raw.address));
      json_.number("size", finding.raw.size);
      json_.textIfAny("name", finding.symbol.name);
      if (raw.thread) json_.number("thread", *raw.thread);
      stack("allocated", finding.allocation);
    });
  }

  void usualLock(const ResolvedFinding& finding) {
    if (!finding.usualLock) return;
    json_.object("usual_lock", [&] {
      lock(*finding.usualLock);
      json_.number("held", finding.raw.usualLock->held);
      json_.number("total", finding.raw.usualLock->total);
    });
  }

  void thread(const ResolvedFinding& finding, size_t index) {
    const Thread& raw = finding.raw.threads[index];
    json_.number("number", raw.number);
    json_.number("tid", raw.osId);
    json_.textIfAny("name", raw.name);
    json_.flag("finished", raw.finished);
    if (raw.creator) json_.number("creator", *raw.creator);
    stack("created", finding.threads[index].created);
  }

  // The other findings of the group, those that say the same left out.
  void members(const Group& group, const ResolvedFinding& main) {
    std::set<std::string> seen = {memberKey(main, tell(main))};
    json_.number("member_count", group.members.size());
    json_.list("members", [&] {
      for (const ResolvedFinding& member : group.members) {
        const Story story = tell(member);
        if (!seen.insert(memberKey(member, story)).second) continue;
        json_.object([&] { this->member(member, story); });
      }
    });
  }

  static std::string memberKey(const ResolvedFinding& member, const Story& story) {
    std::string key = kindId(member.raw.kind) + subjectText(member);
    for (const Moment& moment : story.moments) key += "|" + (moment.place == nullptr ? "" : shortPlace(*moment.place));
    return key;
  }

  void member(const ResolvedFinding& member, const Story& story) {
    json_.text("kind", kindId(member.raw.kind));
    json_.text("subject", member.subject);
    json_.list("places", [&] {
      for (const Moment& moment : story.moments)
        if (moment.place != nullptr) json_.object([&] { frame(*moment.place); });
    });
  }

  JsonWriter json_;
};

}  // namespace

std::unique_ptr<Renderer> makeJsonRenderer(const Context& context) { return std::make_unique<JsonRenderer>(context); }

}  // namespace snag::render
