#include "model/session.h"

#include "model/evidence.h"
#include "model/fingerprint.h"
#include "model/text_format.h"

#include <algorithm>

namespace snag::model {

StreamFacts& Session::stream() {
  if (streams_.empty()) beginStream();
  return streams_.back();
}

void Session::process(Process process) {
  renderer_.process(process);
  if (!process.suppressions.empty()) suppress(process.suppressions);
  stream().process = std::move(process);
}

void Session::suppress(const std::string& file) {
  suppressions_.readFile(file, [this](const std::string& message) { renderer_.problem(message); });
}

void Session::finding(Finding finding) {
  StreamFacts& facts = stream();
  ++facts.findings;
  queue_.push_back({std::move(finding), facts.process ? facts.process->id : 0});
}

void Session::summary(Summary summary) { stream().summary = summary; }

// A lock in heap memory has no symbol: then it is called what the line that took it calls it.
void Session::nameBySource(ResolvedLock& lock) {
  const ResolvedFrame* taken = lock.taken.userFrame();
  if (lock.name.starts_with('\'') || taken == nullptr) return;
  const std::string name = lockExpression(source_.line(taken->place.file, taken->place.line).value_or(""));
  if (!name.empty()) lock.name = inQuotes(printable(name));
}

void Session::workOnce(Clock::time_point now) {
  if (queue_.empty()) return;
  Queued next = std::move(queue_.front());
  queue_.pop_front();
  ResolvedFinding resolved = resolver_.resolve(std::move(next.finding));
  resolved.processId = next.processId;
  paths_.apply(resolved);
  for (ResolvedAccess& access : resolved.accesses)
    if (const ResolvedFrame* frame = access.stack.userFrame())
      access.source = source_.line(frame->place.file, frame->place.line).value_or("");
  for (ResolvedAccess& access : resolved.accesses)
    for (ResolvedLock& lock : access.locks) nameBySource(lock);
  if (resolved.usualLock) nameBySource(*resolved.usualLock);
  const size_t index = grouping_.add(std::move(resolved));
  if (index == progress_.size()) progress_.emplace_back();
  Progress& group = progress_[index];
  group.lastMember = now;
  if (group.rendered && group.rule == nullptr) ++lateMembers_;
  if (!group.rendered && group.rule == nullptr)
    group.rule = suppressions_.find(grouping_.groups()[index].members.back());
  grouping_.slim(index);
}

void Session::renderGroup(size_t index) {
  const Group& group = grouping_.groups()[index];
  progress_[index].rendered = true;
  if (SuppressionRule* rule = progress_[index].rule) {
    ++rule->reports;
    for (int side : {0, 1})
      if (const ResolvedFrame* frame = group.main().place(side)) rule->files.insert(frame->place.file);
    ++suppressedReports_;
    return;
  }
  render::Report report{group, fingerprint(group.main(), source_)};
  if (!filter_.wants(group.main(), report.fingerprint)) {
    ++filteredReports_;
    return;
  }
  renderer_.report(report);
}

void Session::renderDue(Clock::time_point now) {
  for (size_t i = 0; i < progress_.size(); ++i)
    if (!progress_[i].rendered && now - progress_[i].lastMember >= kQuietTime) renderGroup(i);
}

std::optional<Session::Clock::time_point> Session::nextDue() const {
  std::optional<Clock::time_point> due;
  for (const Progress& group : progress_)
    if (!group.rendered && (!due || group.lastMember + kQuietTime < *due)) due = group.lastMember + kQuietTime;
  return due;
}

render::Totals Session::totals() const {
  render::Totals totals;
  totals.reports = renderedReports();
  totals.suppressed = suppressedReports_;
  totals.filtered = filteredReports_;
  addRules(totals);
  totals.lateMembers = lateMembers_;
  for (const Group& group : grouping_.groups()) totals.findings += group.members.size();
  for (const StreamFacts& facts : streams_) {
    // A process that died left no summary; then the findings are the pairs known.
    totals.races += facts.summary ? std::max<uint64_t>(facts.summary->races, facts.findings) : facts.findings;
    totals.forgotten += facts.summary ? facts.summary->forgotten : 0;
    if (facts.process) totals.processes.push_back({*facts.process, facts.summary, facts.findings});
  }
  return totals;
}

void Session::addRules(render::Totals& totals) const {
  for (const SuppressionRule& rule : suppressions_.rules()) {
    if (rule.reports != 0) totals.usedRules.push_back({rule.text, rule.line, rule.reports, rule.files.size()});
    if (rule.reports == 0 && rule.kind != SuppressionRule::Kind::Ignored)
      totals.unusedRules.push_back({rule.text, rule.line});
  }
}

size_t Session::finish() {
  while (hasWork()) workOnce(Clock::now());
  for (size_t i = 0; i < progress_.size(); ++i)
    if (!progress_[i].rendered) renderGroup(i);
  renderer_.finish(totals());
  return renderedReports();
}

size_t Session::renderedReports() const { return grouping_.groups().size() - suppressedReports_ - filteredReports_; }

}  // namespace snag::model
