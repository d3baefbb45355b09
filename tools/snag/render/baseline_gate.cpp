#include "render/baseline_gate.h"

#include "model/finding_kind.h"
#include "render/story.h"

namespace snag::render {

using model::Baseline;

BaselineState BaselineGate::stateOf(const Report& report) {
  switch (baseline_.see(report.fingerprint, model::today())) {
    case Baseline::Knows::Yes: return BaselineState::Known;
    case Baseline::Knows::NoLonger: return BaselineState::Expired;
    case Baseline::Knows::Nothing: break;
  }
  return BaselineState::New;
}

// The place carries no line number: it would change, and conflict, with every edit above it.
void BaselineGate::enter(const Report& report) {
  const model::ResolvedFinding& finding = report.group.main();
  const Story story = tell(finding);
  std::string place;
  if (story.place != nullptr) place = paths_.shown(story.place->place.file) + " in " + story.place->place.function;
  baseline_.enter(report.fingerprint, model::kindId(finding.raw.kind), story.title, place, model::today());
}

void BaselineGate::report(const Report& report) {
  Report judged = report;
  judged.state = stateOf(report);
  const std::string name = titleText(report.group.main()) + " [" + report.fingerprint + "]";
  switch (judged.state) {
    case BaselineState::Known: known_.push_back(name); break;
    case BaselineState::Expired: expired_.push_back(name); break;
    default: added_.push_back(name); break;
  }
  if (update_) enter(report);
  inner_.report(judged);
}

void BaselineGate::finish(const Totals& totals) {
  totals_ = {added_.size(), known_.size(), expired_.size(), 0};
  for (const auto& [fingerprint, entry] : baseline_.entries()) totals_.fixed += !entry.seen;
  for (const RuleUse& rule : totals.unusedRules) unusedRules_.push_back(rule.name());
  broadRules_ = overBroadRules(totals);
  Totals judged = totals;
  judged.baseline = totals_;
  inner_.finish(judged);
}

}  // namespace snag::render
