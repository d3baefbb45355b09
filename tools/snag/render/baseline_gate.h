// Stands between the session and the formats under a gate: tells each report whether the baseline knows it.
#ifndef SNAG_RENDER_BASELINE_GATE_H
#define SNAG_RENDER_BASELINE_GATE_H

#include "model/baseline.h"
#include "render/paths.h"
#include "render/renderer.h"

#include <string>
#include <vector>

namespace snag::render {

class BaselineGate : public Renderer {
 public:
  // With `update` what is seen is entered into the baseline and counts as known.
  BaselineGate(model::Baseline& baseline, bool update, const Paths& paths, Renderer& inner)
      : baseline_(baseline), update_(update), paths_(paths), inner_(inner) {}

  void process(const model::Process& process) override { inner_.process(process); }
  void report(const Report& report) override;
  void problem(const std::string& message) override { inner_.problem(message); }
  void finish(const Totals& totals) override;

  const BaselineTotals& totals() const { return totals_; }
  // Titles with fingerprints.
  const std::vector<std::string>& added() const { return added_; }
  const std::vector<std::string>& known() const { return known_; }
  const std::vector<std::string>& expired() const { return expired_; }
  const std::vector<std::string>& unusedRules() const { return unusedRules_; }
  const std::vector<std::string>& broadRules() const { return broadRules_; }

 private:
  BaselineState stateOf(const Report& report);
  void enter(const Report& report);

  model::Baseline& baseline_;
  const bool update_;
  const Paths& paths_;
  Renderer& inner_;
  BaselineTotals totals_;
  std::vector<std::string> added_, known_, expired_;
  std::vector<std::string> unusedRules_, broadRules_;
};

}  // namespace snag::render

#endif  // SNAG_RENDER_BASELINE_GATE_H
