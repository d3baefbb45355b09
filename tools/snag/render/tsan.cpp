#include "render/tsan.h"

#include "model/finding_kind.h"
#include "model/sentence.h"
#include "model/text_format.h"
#include "render/document.h"
#include "render/formats.h"

#include <algorithm>
#include <utility>

namespace snag::render {

using namespace model;

namespace {

constexpr const char* kRule = "==================\n";
constexpr const char* kNoStack = "    [failed to restore the stack]\n\n";

// ThreadSanitizer's name of a kind; ours where it has none.
std::string nameOf(FindingKind kind) {
  switch (kind) {
    case FindingKind::DataRace:
    case FindingKind::LostUpdate:
    case FindingKind::DescriptorRace: return "data race";
    case FindingKind::UseAfterFreeRace: return "heap-use-after-free";
    case FindingKind::VirtualCallVsDestructor: return "data race on vptr (ctor/dtor vs virtual call)";
    case FindingKind::UnlockOfUnlocked:
    case FindingKind::UnlockByOther: return "unlock of an unlocked mutex (or by a wrong thread)";
    case FindingKind::DestroyOfLocked:
    case FindingKind::FreeOfLocked:
    case FindingKind::DestroyInUse: return "destroy of a locked mutex";
    case FindingKind::UseAfterDestroy: return "use of an invalid mutex (e.g. uninitialized or destroyed)";
    case FindingKind::SelfDeadlock: return "double lock of a mutex";
    case FindingKind::LockOrderInversion: return "lock-order-inversion (potential deadlock)";
    case FindingKind::ThreadLeak: return "thread leak";
    case FindingKind::SignalUnsafeCall: return "signal-unsafe call inside of a signal";
    case FindingKind::ConditionTwoMutexes:
    case FindingKind::ReadLockUpgrade: break;
  }
  return kindName(kind);
}

bool isWrite(const Access& access) {
  return access.writes() || access.is(record::kAccessFree) || access.is(record::kAccessAllocate);
}

std::string accessName(const Access& access, bool isPrevious) {
  std::string name = access.is(record::kAccessAtomic) ? "atomic " : "";
  name += isWrite(access) ? "write" : "read";
  return isPrevious ? "Previous " + name : capitalised(name);
}

std::string buildIdOf(const Finding& finding, const std::string& module) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const Module& known : finding.modules) {
    if (known.path != module) continue;
    for (const uint8_t byte : known.buildId) (text += kDigits[byte >> 4]) += kDigits[byte & 15];
    break;
  }
  return text;
}

// Writes the sections of one report, top to bottom.
class TsanReport {
 public:
  TsanReport(const Report& report, ReportStyle style)
      : finding_(report.group.main()), style_(style), name_(nameOf(finding_.raw.kind)) {}

  std::string write() {
    header();
    if (finding_.raw.kind == FindingKind::LockOrderInversion)
      cycle();
    else if (finding_.raw.isMisuse())
      steps();
    else
      for (int side : {0, 1}) access(side);
    location();
    mutexes();
    threads();
    summary();
    return std::move(text_);
  }

 private:
  // --- pieces ----------------------------------------------------------------------------------------------

  static std::string threadName(std::optional<uint32_t> number) {
    return number.value_or(0) == 0 ? "main thread" : "thread T" + std::to_string(*number);
  }

  static std::string moduleText(const ResolvedFrame& frame) {
    if (frame.module.empty()) return frame.address == 0 ? "" : " (" + hex(frame.address) + ")";
    return " (" + std::string(baseName(frame.module)) + "+" + hex(frame.address) + ")";
  }

  static std::string sourceText(const SourcePlace& place) {
    if (place.file.empty() || place.line == 0) return "<null>";
    const std::string column = place.column == 0 ? "" : ":" + std::to_string(place.column);
    return place.file + ":" + std::to_string(place.line) + column;
  }

  std::string buildIdText(const std::string& module) const {
    const std::string id = module.empty() ? "" : buildIdOf(finding_.raw, module);
    return id.empty() ? "" : " (BuildId: " + id + ")";
  }

  // The frames of calls that were inlined at one address have the build id once.
  void stack(const ResolvedStack& stack) {
    size_t number = 0;
    const ResolvedFrame* before = nullptr;
    for (const ResolvedFrame& frame : stack.frames) {
      if (frame.kind == FrameKind::Runtime) continue;
      const bool isInlined = before != nullptr && before->module == frame.module && before->address == frame.address;
      text_ += "    #" + std::to_string(number++) + " " +
               (frame.place.function.empty() ? "<null>" : frame.place.function) + " " + sourceText(frame.place) +
               moduleText(frame) + (isInlined ? "" : buildIdText(frame.module)) + "\n";
      before = &frame;
    }
    text_ += number == 0 ? kNoStack : "\n";
  }

  // "M0" for the first lock that is mentioned.
  std::string mutexName(const Lock& lock, const ResolvedStack& taken) {
    const auto known = std::ranges::find(locks_, lock.address, &KnownLock::address);
    if (known == locks_.end()) {
      locks_.push_back({lock.address, &taken});
      return "M" + std::to_string(locks_.size() - 1);
    }
    if (known->taken->frames.empty()) known->taken = &taken;
    return "M" + std::to_string(known - locks_.begin());
  }

  // --- sections --------------------------------------------------------------------------------------------

  void header() {
    const std::string id = std::to_string(finding_.processId);
    text_ += kRule;
    if (style_ == ReportStyle::CodeChecker) text_ += "==" + id + "==";
    text_ += "WARNING: ThreadSanitizer: " + name_ + " (pid=" + id + ")\n";
  }

  void access(int side) {
    const Access& raw = finding_.access(side);
    const ResolvedAccess& resolved = finding_.accesses[side];
    text_ += "  " + accessName(raw, side == 1) + " of size " + std::to_string(raw.size) + " at " + hex(raw.address) +
             " by " + threadName(raw.thread);
    for (size_t i = 0; i < raw.locks.size(); ++i) {
      text_ += i == 0 ? " (mutexes: " : ", ";
      text_ +=
          (raw.locks[i].mode == LockMode::Read ? "read " : "write ") + mutexName(raw.locks[i], resolved.locks[i].taken);
    }
    text_ += raw.locks.empty() ? ":\n" : "):\n";
    stack(resolved.stack);
  }

  void steps() {
    if (finding_.raw.subject) mutexName(*finding_.raw.subject, takenSubject());
    if (finding_.raw.kind == FindingKind::ThreadLeak) return;  // only the thread is told of
    bool isFirst = true;
    for (const ResolvedStep& step : finding_.steps) {
      if (step.stack.frames.empty() && !isFirst) continue;
      if (!isFirst) text_ += "  and:\n";
      stack(step.stack);
      isFirst = false;
    }
  }

  // Where the mutex that a misuse is about was taken, if a step says so.
  const ResolvedStack& takenSubject() const {
    for (size_t i = 0; i < finding_.steps.size(); ++i)
      if (finding_.raw.steps[i].role == StepRole::Acquired) return finding_.steps[i].stack;
    return kNowhere;
  }

  void cycle() {
    std::string arrows, first;
    for (size_t i = 0; i < finding_.steps.size(); ++i) {
      const std::string held = heldMutex(i);
      if (held.empty()) continue;
      if (first.empty()) first = held;
      arrows += held + " (" + hex(finding_.raw.steps[i].held->address) + ") => ";
    }
    text_ += "  Cycle in lock order graph: " + arrows + first + "\n\n";
    for (size_t i = 0; i < finding_.steps.size(); ++i) cycleStep(i);
  }

  std::string heldMutex(size_t i) {
    const std::optional<Lock>& held = finding_.raw.steps[i].held;
    return held && finding_.steps[i].held ? mutexName(*held, finding_.steps[i].held->taken) : "";
  }

  void cycleStep(size_t i) {
    const Step& raw = finding_.raw.steps[i];
    const std::string held = heldMutex(i), taken = raw.object ? mutexName(*raw.object, kNowhere) : "";
    if (held.empty() || taken.empty()) return;
    text_ +=
        "  Mutex " + taken + " acquired here while holding mutex " + held + " in " + threadName(raw.thread) + ":\n";
    stack(finding_.steps[i].stack);
    if (finding_.steps[i].held->taken.frames.empty()) return;
    text_ += "  Mutex " + held + " previously acquired by the same thread here:\n";
    stack(finding_.steps[i].held->taken);
  }

  void location() {
    const Object& object = finding_.raw.object;
    if (finding_.raw.kind == FindingKind::DescriptorRace) return descriptor();
    switch (object.kind) {
      case ObjectKind::Global: return global();
      case ObjectKind::Heap:
        text_ += "  Location is heap block of size " + std::to_string(object.size) + " at " + hex(object.start) +
                 " allocated by " + threadName(object.thread) + ":\n";
        return stack(finding_.allocation);
      case ObjectKind::Stack: text_ += "  Location is stack of " + threadName(object.thread) + ".\n\n"; return;
      case ObjectKind::ThreadLocal: text_ += "  Location is TLS of " + threadName(object.thread) + ".\n\n"; return;
      case ObjectKind::Unknown: return;
    }
  }

  void global() {
    const DataSymbol& symbol = finding_.symbol;
    const uint64_t inside = symbol.name.empty() ? 0 : finding_.raw.object.offset - symbol.start;
    text_ += "  Location is global '" + symbol.name + "'" +
             (symbol.size == 0 ? "" : " of size " + std::to_string(symbol.size)) + " at " +
             hex(finding_.raw.address - inside);
    if (!finding_.objectModule.empty())
      text_ += " (" + std::string(baseName(finding_.objectModule)) + "+" + hex(finding_.raw.object.offset) + ")";
    text_ += "\n\n";
  }

  // "descriptor 7" is what the finding is about.
  void descriptor() {
    const std::string& text = finding_.raw.subjectText;
    const size_t digit = text.find_first_of("0123456789");
    if (digit == std::string::npos) return;
    for (size_t i = 0; i < finding_.steps.size(); ++i) {
      if (finding_.raw.steps[i].role != StepRole::Created) continue;
      text_ += "  Location is file descriptor " + text.substr(digit) + " created by " +
               threadName(finding_.raw.steps[i].thread) + " at:\n";
      return stack(finding_.steps[i].stack);
    }
  }

  // ThreadSanitizer, too, knows of most mutexes only where it first saw them.
  void mutexes() {
    for (size_t i = 0; i < locks_.size(); ++i) {
      text_ += "  Mutex M" + std::to_string(i) + " (" + hex(locks_[i].address) + ") created at:\n";
      stack(*locks_[i].taken);
    }
  }

  void threads() {
    for (const Thread& thread : finding_.raw.threads) {
      if (thread.number == 0) continue;
      text_ += "  Thread T" + std::to_string(thread.number) + (thread.name.empty() ? "" : " '" + thread.name + "'") +
               " (tid=" + std::to_string(thread.osId) + ", " + (thread.finished ? "finished" : "running") +
               ") created by " + threadName(thread.creator);
      const auto created = std::ranges::find(finding_.threads, thread.number, &ResolvedThread::number);
      const bool isKnown = created != finding_.threads.end() && !created->created.frames.empty();
      text_ += isKnown ? " at:\n" : "\n\n";
      if (isKnown) stack(created->created);
    }
  }

  const ResolvedFrame* summaryFrame() const {
    for (int side : {0, 1})
      if (const ResolvedFrame* frame = finding_.place(side)) return frame;
    return nullptr;
  }

  void summary() {
    text_ += "SUMMARY: ThreadSanitizer: " + name_;
    if (const ResolvedFrame* frame = summaryFrame()) {
      const std::string source = sourceText(frame->place);
      text_ += source != "<null>"      ? " " + source
               : frame->module.empty() ? moduleText(*frame)
                                       : " (" + frame->module + "+" + hex(frame->address) + ")";
      if (source == "<null>") text_ += buildIdText(frame->module);
      if (!frame->place.function.empty()) text_ += " in " + frame->place.function;
    }
    text_ += "\n";
    text_ += kRule;
  }

  struct KnownLock {
    uint64_t address;
    const ResolvedStack* taken;
  };
  static inline const ResolvedStack kNowhere{};

  const ResolvedFinding& finding_;
  const ReportStyle style_;
  const std::string name_;
  std::vector<KnownLock> locks_;  // in the order of their numbers
  std::string text_;
};

class TsanRenderer : public DocumentRenderer {
 public:
  TsanRenderer(const Context& context, ReportStyle style) : DocumentRenderer(context), style_(style) {}

 protected:
  void write(const Totals&) override {
    size_t shown = 0;
    for (const Report& report : reports_) {
      if (report.state == BaselineState::Known) continue;
      context_.out << tsanReport(report, style_);
      ++shown;
    }
    for (const std::string& problem : problems_) context_.out << "Snag: warning: " << problem << "\n";
    context_.out << tsanTotals(shown);
  }

 private:
  const ReportStyle style_;
};

}  // namespace

ReportStyle reportStyleNamed(const std::string& name) {
  if (name == "tsan") return ReportStyle::Tsan;
  return name == "codechecker" ? ReportStyle::CodeChecker : ReportStyle::Snag;
}

std::string tsanReport(const Report& report, ReportStyle style) { return TsanReport(report, style).write(); }

std::string tsanTotals(size_t reports) {
  return reports == 0 ? "" : "ThreadSanitizer: reported " + std::to_string(reports) + " warnings\n";
}

std::unique_ptr<Renderer> makeTsanRenderer(const Context& context) {
  return std::make_unique<TsanRenderer>(context, ReportStyle::Tsan);
}

std::unique_ptr<Renderer> makeCodeCheckerRenderer(const Context& context) {
  return std::make_unique<TsanRenderer>(context, ReportStyle::CodeChecker);
}

}  // namespace snag::render
