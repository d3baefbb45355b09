// Feeds a trace to the real detector, event by event on one system thread, and collects its races in the model's terms.
#ifndef SNAG_TESTS_MODEL_TRACE_RUNNER_H
#define SNAG_TESTS_MODEL_TRACE_RUNNER_H

#include <deque>
#include <map>
#include <set>
#include <string>

#include "core/detector.h"
#include "naive_model.h"
#include "platform/fake/fake_platform.h"
#include "trace.h"

namespace snag::model {

struct RunConfig {
  bool exact = true;
  uint32_t segmentIds = 16'000'000;
  bool alwaysRows = false;
  uint64_t smallLogBytes = 512 << 10;
  uint32_t logChunkEntries = 510;
  uint64_t logBudgetBytes = 256 << 20;
  uint32_t crowdOneIn = 0;  // as in DetectorConfig; none, unless they are what is looked at
  uint32_t rememberedRange = 256;
  bool inlineChecks = true;  // skip the call where instrumented code would
  bool sizedHooks = true;    // go the ways of the hooks of accesses of one, two, four and eight bytes first
  bool mayMiss = false;      // only false alarms count: the detector may see more order than there is
};

// First and last racing byte of the word.
struct ReportedBytes {
  uint32_t first, last;
};

struct RunResult {
  std::map<TraceRace, ReportedBytes> races;
  std::set<std::string> wrongPlaces;  // earlier accesses whose site in the log cannot be right
  bool forgot = false;
  uint32_t knownAtomics = 0;  // that took no lock
  uint32_t quickAtomics = 0;  // in front of the detector
};

// A detector that lives through one trace or many: between them everything but its main thread ends and all memory is
// forgotten.
class World final : public RaceSink {
 public:
  explicit World(const RunConfig& config);

  void onRace(const Race& race) override { listener->onRace(race); }
  void onMisuse(ThreadState&, const Misuse&) override {}  // traces are about races

  static fake::FakeAddressSpace& space();

  const RunConfig config;
  Detector detector;
  uint64_t knownAtomics = 0;  // atomic operations that took no lock, of all traces
  uint64_t quickAtomics = 0;  // those that were done in front of the detector
  ThreadState* mainThread;
  SnagThread mainAbi{};
  RaceSink* listener = nullptr;
  uint64_t crowdedWords = 0;                // words that were seen to show a crowd, of all traces
  uint64_t quickAccesses = 0;               // decided by core/quick_access.h
  uint64_t accessesByRules = 0;             // of these: without a look for answers
  uint64_t wholeWords = 0;                  // likewise, and by the simplest rules
  uint64_t crowds = 0;                      // likewise, and in the way of words with crowds
  uint64_t ranges = 0;                      // accesses of other sizes that were decided in front of the detector
  uint64_t blocks = 0;                      // accesses to two words that were decided so
  std::deque<std::vector<SnagSite>> sites;  // of all traces: the detector may look at them until it ends
};

// What is wrong with the detector's answer to this trace, as text; empty if it agrees with the naive model. Traces in
// which the detector says that it had to forget something are not compared.
std::string disagreement(const Trace& trace, World& world);
// In a world of its own.
std::string disagreement(const Trace& trace, const RunConfig& config);

}  // namespace snag::model

#endif  // SNAG_TESTS_MODEL_TRACE_RUNNER_H
