#include "render/text.h"

#include "model/advice.h"
#include "model/function_name.h"
#include "model/misuse_text.h"
#include "model/sentence.h"
#include "model/text_format.h"
#include "render/object_text.h"
#include "render/stack_text.h"
#include "render/story.h"
#include "render/tsan.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <utility>

namespace snag::render {

using namespace model;

namespace {

constexpr size_t kMembersListed = 6;
constexpr size_t kLabelWidth = 13;

// Writes the sections of one report, top to bottom.
class TextReport {
 public:
  TextReport(const Report& report, SourceText& source, const TextStyle& style)
      : report_(report), finding_(report.group.main()), source_(source), style_(style) {}

  std::string write() {
    header();
    if (finding_.raw.isMisuse())
      for (size_t i = 0; i < finding_.steps.size(); ++i) step(i);
    else
      for (int side : {0, 1}) access(side);
    text_ += "\n";
    usualLock();
    if (finding_.raw.address != 0) line("Object:", longObject(finding_));
    threads();
    otherMembers();
    line("To fix:", fixAdvice(finding_));
    line("To learn:", "snag explain " + kindId(finding_.raw.kind));
    silence();
    summary();
    return std::move(text_);
  }

 private:
  void line(std::string_view label, const std::string& words) {
    std::string padded(label);
    padded.resize(kLabelWidth, ' ');
    text_ += "  " + style_.paint(Paint::Label, padded) + words + "\n";
  }

  void header() {
    const std::string first = "==" + std::to_string(finding_.processId) + "==ERROR: Snag: " + titleText(finding_);
    text_ += style_.paint(Paint::Error, first) + "\n  " + plainSentence(finding_) + "\n";
  }

  void access(int side) {
    const Access& raw = finding_.access(side);
    const ResolvedAccess& resolved = finding_.accesses[side];
    const std::string what =
        capitalised(threadText(raw.thread)) + " " + accessText(raw) + (side == 1 ? " earlier" : "");
    text_ += "\n  " + style_.paint(Paint::Label, what) + ", " + locksText(resolved.locks) + ":\n";
    if (raw.isForgotten()) {
      text_ += "    between two synchronisations of " + threadText(raw.thread) + " (the exact line was forgotten)\n";
      return;
    }
    if (!resolved.through.empty()) text_ += "    in " + resolved.through + ", called from\n";
    if (const ResolvedFrame* frame = finding_.place(side)) text_ += sourceLineText(frame->place, source_, style_);
    text_ += stackText(resolved.stack, style_);
  }

  void place(const ResolvedStack& stack) {
    if (const ResolvedFrame* frame = stack.userFrame()) text_ += sourceLineText(frame->place, source_, style_);
    text_ += stackText(stack, style_);
  }

  void step(size_t index) {
    const ResolvedStep& step = finding_.steps[index];
    text_ += "\n  " + style_.paint(Paint::Label, stepText(finding_, index));
    if (step.stack.frames.empty()) {
      text_ += " (where is not known)\n";
      return;
    }
    text_ += ":\n";
    place(step.stack);
    if (!step.held || step.held->taken.frames.empty()) return;
    text_ += "    " + step.held->name + " was taken at:\n";
    place(step.held->taken);
  }

  void usualLock() {
    if (!finding_.usualLock) return;
    const UsualLock& usual = *finding_.raw.usualLock;
    line("Locks:", std::to_string(usual.held) + " of " + std::to_string(usual.total) +
                       " remembered accesses to this object hold " + lockText(*finding_.usualLock));
  }

  std::string threadLine(const Thread& thread, const ResolvedStack& created) {
    if (thread.number == 0) return "the main thread (tid " + std::to_string(thread.osId) + ")";
    std::string text = "T" + std::to_string(thread.number) + (thread.name.empty() ? "" : " " + inQuotes(thread.name)) +
                       " (tid " + std::to_string(thread.osId) + ", " + (thread.finished ? "finished" : "running") + ")";
    if (!thread.creator) return text;
    text += " created by " + threadText(*thread.creator);
    if (const ResolvedFrame* frame = created.userFrame()) text += " at #0 " + frameText(*frame);
    return text;
  }

  bool isMentioned(uint32_t thread) const {
    if (finding_.raw.isMisuse())
      return std::ranges::any_of(finding_.raw.steps, [&](const Step& step) { return step.thread == thread; });
    return thread == finding_.access(0).thread || thread == finding_.access(1).thread ||
           (finding_.raw.object.thread && *finding_.raw.object.thread == thread);
  }

  void threads() {
    std::map<uint32_t, std::string> lines;  // by number
    for (size_t i = 0; i < finding_.raw.threads.size(); ++i) {
      const Thread& thread = finding_.raw.threads[i];
      if (isMentioned(thread.number)) lines[thread.number] = threadLine(thread, finding_.threads[i].created);
    }
    std::string label = "Threads:";
    for (const auto& [number, text] : lines) line(std::exchange(label, ""), text);
  }

  std::string memberLine(const ResolvedFinding& member) {
    std::vector<std::string> places;
    for (int side : {0, 1})
      places.push_back(member.place(side) == nullptr ? "a forgotten place" : shortPlace(*member.place(side)));
    return kindName(member.raw.kind) + " on " + subjectText(member) + " at " + joined(places);
  }

  // The same lines can meet at many addresses: each line is listed once, and not if it says what the header says.
  void otherMembers() {
    const std::string own = memberLine(finding_);
    std::vector<std::string> lines;
    std::set<std::string> seen;
    for (const ResolvedFinding& member : report_.group.members) {
      if (&member == &finding_) continue;
      std::string text = memberLine(member);
      if (text != own && seen.insert(text).second) lines.push_back(std::move(text));
    }
    for (size_t i = 0; i < lines.size() && i < kMembersListed; ++i) line(i == 0 ? "Also:" : "", lines[i]);
    if (lines.size() > kMembersListed)
      line("", std::to_string(lines.size() - kMembersListed) + " more that belong to the same bug");
  }

  void silence() {
    const std::string rule = suppressionRule(finding_);
    if (!rule.empty()) line("To silence:", "suppression rule `" + rule + "`");
    line("Fingerprint:", report_.fingerprint);
  }

  void summary() {
    const ResolvedFrame* frame = finding_.place(0) != nullptr ? finding_.place(0) : finding_.place(1);
    text_ += "SUMMARY: Snag: " + kindName(finding_.raw.kind) + (frame == nullptr ? "" : " at " + summaryPlace(*frame)) +
             "\n";
  }

  // "/abs/file.cpp:9:11 in increment()": the form in which IDEs look for places.
  static std::string summaryPlace(const ResolvedFrame& frame) {
    const SourcePlace& place = frame.place;
    std::string text = place.line == 0 ? shortPlace({{}, frame.module, frame.address, frame.kind})
                                       : place.file + ":" + std::to_string(place.line);
    if (place.line != 0 && place.column != 0) text += ":" + std::to_string(place.column);
    if (place.function.empty()) return text;
    const bool hasParameters =
        place.function.find(')') != std::string::npos && bareFunction(place.function) != place.function;
    return text + " in " + prettyFunction(place.function) + (hasParameters ? "" : "()");
  }

  const Report& report_;
  const ResolvedFinding& finding_;
  SourceText& source_;
  const TextStyle& style_;
  std::string text_;
};

class TextRenderer : public Renderer {
 public:
  TextRenderer(TextOptions options, SourceText& source, std::ostream& out)
      : options_(std::move(options)), source_(source), out_(&out) {
    style_.verbosity = options_.verbosity.value_or(0);
    style_.color = wantColor(options_.color.value_or("auto"), options_.fileDescriptor);
  }

  void process(const Process& process) override {
    if (!options_.verbosity) style_.verbosity = static_cast<int>(process.verbosity.value_or(0));
    if (!options_.color) style_.color = wantColor(process.color, options_.fileDescriptor);
    reportStyle_ = reportStyleNamed(process.reportStyle);
    if (options_.followsLogPath && !process.logPath.empty()) openLog(process);
  }

  // One write a report, so that what the program prints itself does not end up in the middle.
  void report(const Report& report) override {
    if (report.state == BaselineState::Known) return;
    *out_ << (reportStyle_ == ReportStyle::Snag ? "\n" + textReport(report, source_, style_)
                                                : tsanReport(report, reportStyle_))
          << std::flush;
  }

  void problem(const std::string& message) override {
    *out_ << style_.paint(Paint::Label, "Snag: warning:") + " " + message + "\n" << std::flush;
  }

  void finish(const Totals& totals) override {
    std::string text;
    if (reportStyle_ != ReportStyle::Snag)
      text = tsanTotals(totals.reports);
    else if (totals.reports != 0)
      text = "Snag: " + counted(totals.reports, "finding") + " (" + counted(totals.races, "racing pair") + " seen).\n";
    if (totals.lateMembers != 0)
      text += "Snag: " + counted(totals.lateMembers, "more member") + " of the bugs above came after their report.\n";
    if (totals.forgotten != 0)
      text += "Snag: memory ran short: " + counted(totals.forgotten, "shadow word") +
              " had to be forgotten, so races on them may have been missed.\n";
    text += rulesText(totals);
    *out_ << text << std::flush;
  }

 private:
  void openLog(const Process& process) {
    const std::string name = process.logPath + "." + std::to_string(process.id);
    log_.open(name, std::ios::binary | std::ios::app);
    if (!log_) return problem("Cannot write '" + name + "', so reports are printed here. Check the path in log_path.");
    out_ = &log_;
    if (!options_.color) style_.color = process.color == "always";
  }

  std::string rulesText(const Totals& totals) const {
    std::vector<std::string> unused, used;
    for (const RuleUse& rule : totals.unusedRules) unused.push_back(rule.name());
    for (const RuleUse& rule : totals.usedRules)
      used.push_back((totals.usedRules.size() == 1 ? "" : std::to_string(rule.reports) + " ") + "by " + rule.name());
    std::string text;
    if (style_.verbosity >= 1 && !unused.empty())
      text += "Snag: suppression rules that nothing matched: " + joined(unused) + ".\n";
    if (!used.empty()) text += "Snag: " + counted(totals.suppressed, "finding") + " suppressed " + joined(used) + ".\n";
    const std::vector<std::string> broad = overBroadRules(totals);
    if (!broad.empty()) text += "Snag: over-broad suppression rules, name what they mean: " + joined(broad) + ".\n";
    return text;
  }

  TextOptions options_;
  TextStyle style_;
  SourceText& source_;
  std::ostream* out_;
  std::ofstream log_;
  ReportStyle reportStyle_ = ReportStyle::Snag;
};

}  // namespace

std::string textReport(const Report& report, SourceText& source, const TextStyle& style) {
  return TextReport(report, source, style).write();
}

std::unique_ptr<Renderer> makeTextRenderer(TextOptions options, SourceText& source, std::ostream& out) {
  return std::make_unique<TextRenderer>(std::move(options), source, out);
}

}  // namespace snag::render
