#include "model/observation.h"

#include "model/text_format.h"

#include <algorithm>

namespace snag::model {

namespace {

// How far a process came on the way to being watched: the furthest one gives the reason.
enum class Watched { NoProcess, NoSummary, NoModule, OneThread, NoCheck, Yes };

Watched watchedOf(const StreamFacts& facts) {
  if (facts.findings != 0) return Watched::Yes;
  if (!facts.process) return Watched::NoProcess;
  if (!facts.summary) return Watched::NoSummary;
  if (facts.summary->modules == 0) return Watched::NoModule;
  if (facts.summary->threads <= 1) return Watched::OneThread;
  return facts.summary->checks == 0 ? Watched::NoCheck : Watched::Yes;
}

}  // namespace

std::string nothingObserved(const std::vector<StreamFacts>& streams) {
  Watched best = Watched::NoProcess;
  for (const StreamFacts& facts : streams) best = std::max(best, watchedOf(facts));
  switch (best) {
    case Watched::NoProcess:
      return "no process with Snag's runtime ran. Compile and link the program with snag-clang++, and let the variable "
             "SNAG_OPTIONS through if something clears the environment (bazel test --test_env=SNAG_OPTIONS).";
    case Watched::NoSummary:
      return "the program ended without telling what it had checked (killed, or ended by a way the runtime does not "
             "see).";
    case Watched::NoModule:
      return "no instrumented code ran. Compile the sources with snag-clang++, not only the link.";
    case Watched::OneThread:
      return "the program ran only one thread, so no two accesses could race. Run a case that starts threads.";
    case Watched::NoCheck:
      return "no memory access was checked. Were the sources with the shared data compiled with snag-clang++, and is "
             "SNAG_OPTIONS=enabled=0 not set?";
    case Watched::Yes: break;
  }
  return {};
}

std::string observedText(const std::vector<StreamFacts>& streams) {
  uint64_t threads = 0, checks = 0, modules = 0;
  for (const StreamFacts& facts : streams) {
    if (!facts.summary) continue;
    threads += facts.summary->threads;
    checks += facts.summary->checks;
    modules += facts.summary->modules;
  }
  return counted(threads, "thread") + ", " + std::to_string(checks) +
         (checks == 1 ? " checked access" : " checked accesses") + ", " + counted(modules, "instrumented module");
}

}  // namespace snag::model
