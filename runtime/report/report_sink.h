// Where the detector's races go in a program under test: each new one is built into a report and sent off, repeats are
// only counted. Nothing is opened or started before the first finding, unless there is a log directory.
//
// onRace and findings may be called from any thread; everything else by the runtime's start-up and shut-down.
// The sink never uses the program's allocator and leaves errno alone. It has a trivial destructor: build it in place.
#ifndef SNAG_REPORT_REPORT_SINK_H
#define SNAG_REPORT_REPORT_SINK_H

#include "core/detector.h"
#include "core/race.h"
#include "core/spin_lock.h"
#include "report/dedup.h"
#include "report/heap_block.h"
#include "report/record_stream.h"

namespace snag {

struct RaceReport;

// Texts live as long as the sink; null is the same as empty.
struct ReportConfig {
  const char* logDir = "";        // write records into this directory instead of printing text
  const char* toolPath = "";      // the snag tool; empty: looked for
  const char* color = "auto";     // handed to the tool
  const char* suppressions = "";  // absolute path of a file of rules; handed to the tool
  const char* reportStyle = "";   // handed to the tool
  const char* logPath = "";       // absolute; handed to the tool
  uint32_t verbosity = 0;         // handed to the tool
  FindHeapBlock findHeapBlock = nullptr;
  // Some words of memory stand for something else (descriptor_use.h): says what a race on one means. False: it is a
  // race. `text` is room for Misuse::text. May be null.
  bool (*asMisuse)(const Race& race, Misuse* misuse, char* text, size_t capacity) = nullptr;
  // Called with each finding once it is out, on the thread that caught it and under the sink's lock. May be null.
  void (*found)(const RaceReport& finding) = nullptr;
  // The option halt_on_error: called once the first finding is out, on the thread that caught it and with no lock of
  // the sink held. Expected to call finish() and to end the process. Null: the program goes on.
  void (*halt)() = nullptr;
};

// What only the rest of the runtime knows at the end of a run.
struct RunNumbers {
  DetectorStatistics detector;  // Detector::statistics()
  uint32_t modules = 0;         // instrumented modules
};

struct ReportScratch;

class ReportSink final : public RaceSink {
 public:
  explicit ReportSink(const ReportConfig& config);

  // The detector is constructed with its sink, so the sink learns of it afterwards; races before that are only counted.
  void setDetector(Detector* detector) { detector_ = detector; }

  void onRace(const Race& race) override;
  void onMisuse(ThreadState& caught, const Misuse& misuse) override;

  // Ends the stream of records and waits until the tool has printed everything. Returns the number of findings as the
  // tool counts them, or as the sink does if there is no tool. Once per process; later races are dropped.
  uint32_t finish(const RunNumbers& numbers);

  // Findings so far: what the exit code depends on.
  uint32_t findings() const { return __atomic_load_n(&findings_, __ATOMIC_RELAXED); }

  // Around fork(), so that no other thread is in the middle of a report: beforeFork and one of the others, on the
  // forking thread. A child drops its parent's stream and starts its own; what the parent reported is not repeated.
  void beforeFork() { lock_.lock(); }
  void afterForkInParent() { lock_.unlock(); }
  void afterForkInChild();

 private:
  // Under which names SeenRaces knows a finding.
  struct Identity {
    uint64_t places, object;
    uintptr_t word;
  };
  template <typename Build>
  void reportNew(const Identity& identity, Build build);
  void send(RaceReport& finding);
  void keepText(const RaceReport& finding);
  void printKeptText();
  void sendSummary(const RunNumbers& numbers);
  bool lockForFinish();
  ReportScratch& scratch();

  const ReportConfig config_;
  Detector* detector_ = nullptr;
  SeenRaces seen_;                    // read without the lock, added to with it
  SpinLock lock_;                     // held while a finding is built and sent
  RecordStream stream_;               // by lock_
  ReportScratch* scratch_ = nullptr;  // by lock_; too big for a thread's stack
  size_t keptText_ = 0;               // by lock_; bytes of text that no tool has acknowledged yet
  bool cureIsPrinted_ = false;        // by lock_
  bool finished_ = false;             // by lock_
  uint32_t findings_ = 0;             // written with lock_, read without
};

}  // namespace snag

#endif  // SNAG_REPORT_REPORT_SINK_H
