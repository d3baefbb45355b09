// Feeds a trace to the real detector, event by event on one system thread, and collects its races in the model's terms.
#ifndef SNAG_TESTS_MODEL_TRACE_RUNNER_H
#define SNAG_TESTS_MODEL_TRACE_RUNNER_H

#include <set>
#include <string>

#include "core/detector.h"
#include "naive_model.h"
#include "trace.h"

namespace snag::model {

struct RunConfig {
  bool exact = true;
  uint32_t segmentIds = 16'000'000;
  uint64_t logBudgetBytes = 64 << 20;
  bool inlineChecks = true;  // skip the call where instrumented code would
};

struct RunResult {
  std::set<TraceRace> races;
  std::set<std::string> wrongPlaces;  // earlier accesses whose site in the log cannot be right
  DetectorStatistics statistics;
};

RunResult runTrace(const Trace& trace, const RunConfig& config);

// What is wrong with the detector's answer to this trace, as text; empty if it agrees with the naive model. Traces in which
// the detector says that it had to forget something are not compared.
std::string disagreement(const Trace& trace, const RunConfig& config, DetectorStatistics* statistics = nullptr);

}  // namespace snag::model

#endif  // SNAG_TESTS_MODEL_TRACE_RUNNER_H
