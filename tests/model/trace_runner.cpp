#include "trace_runner.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <sstream>

#include "core/shadow_word.h"
#include "core/thread_state.h"
#include "platform/fake/fake_platform.h"

namespace snag::model {
namespace {

constexpr size_t kWindowBytes = 64 << 10;

uint8_t siteKind(const Event& event) {
  switch (event.kind) {
    case EventKind::Read: return SNAG_SITE_READ;
    case EventKind::Write: return SNAG_SITE_WRITE;
    case EventKind::Load: return SNAG_SITE_READ | SNAG_SITE_ATOMIC;
    case EventKind::Store: return SNAG_SITE_WRITE | SNAG_SITE_ATOMIC;
    case EventKind::Rmw:
    case EventKind::FailedCas: return SNAG_SITE_READ | SNAG_SITE_WRITE | SNAG_SITE_ATOMIC;
    case EventKind::Allocate: return SNAG_SITE_WRITE | SNAG_SITE_ALLOCATE;
    case EventKind::Free: return SNAG_SITE_WRITE | SNAG_SITE_FREE;
    default: return 0;
  }
}

bool touchesMemory(const Event& event) { return siteKind(event) != 0; }

class Runner final : public RaceSink {
 public:
  Runner(const Trace& trace, const RunConfig& config)
      : trace_(trace), config_(config), sites_(trace.size()), detector_(detectorConfig(config), *this) {
    for (size_t i = 0; i < trace.size(); ++i) {
      sites_[i].kind = siteKind(trace[i]);
      sites_[i].size = static_cast<uint8_t>(trace[i].size <= 16 ? trace[i].size : 0);
    }
    started(0, detector_.createThread(nullptr, Place{}));
  }

  RunResult run() {
    for (now_ = 0; now_ < trace_.size(); ++now_) {
      const Event& event = trace_[now_];
      model_.perform(event);
      perform(event, *threads_[event.thread].state);
      noteEpoch(event);
    }
    result_.statistics = detector_.statistics();
    return result_;
  }

  const NaiveModel& model() const { return model_; }

  void onRace(const Race& race) override {
    const uint32_t thread = byNumber_.at(race.earlier.thread->number);
    const auto segment = segmentOfEpoch_.find({thread, raw(race.earlier.epoch)});
    const auto address = static_cast<uint32_t>(race.racingAddress - space().base());
    const uint32_t first = address & 7;
    const TraceRace found{now_, address & ~7u, thread, segment == segmentOfEpoch_.end() ? ~0u : segment->second,
                          race.earlier.isWrite, race.earlier.isAtomic, first, first + race.racingSize - 1};
    result_.races.insert(found);
    checkPlace(race, found);
  }

 private:
  struct Thread {
    ThreadState* state = nullptr;
    SnagThread abi{SNAG_NO_SEGMENT, SNAG_NO_SEGMENT, 0};
    uint32_t ignoring = 0;
  };

  static fake::FakeAddressSpace& space() {
    static fake::FakeAddressSpace space(kWindowBytes);
    return space;
  }

  static DetectorConfig detectorConfig(const RunConfig& config) {
    space().forgetAll();
    DetectorConfig detector;
    detector.layout = space().layout();
    detector.exact = config.exact;
    detector.segmentIds = config.segmentIds;
    detector.logBudgetBytes = config.logBudgetBytes;
    return detector;
  }

  void started(uint32_t thread, ThreadState* state) {
    byNumber_[state->record->number] = thread;
    threads_[thread].state = state;
    detector_.startThread(*state, &threads_[thread].abi, 1000 + thread);
  }

  Place place() const { return {&sites_[now_], now_ + 1, now_ + 1, 0}; }

  void perform(const Event& event, ThreadState& self) {
    const uintptr_t address = space().base() + event.address;
    switch (event.kind) {
      case EventKind::Read:
      case EventKind::Write: access(event, self, address); break;
      case EventKind::Lock: detector_.lockAcquired(self, place(), address, LockMode::Write); break;
      case EventKind::ReadLock: detector_.lockAcquired(self, place(), address, LockMode::Read); break;
      case EventKind::Unlock: detector_.lockReleased(self, address, LockMode::Write); break;
      case EventKind::ReadUnlock: detector_.lockReleased(self, address, LockMode::Read); break;
      case EventKind::Acquire: detector_.acquire(self, address); break;
      case EventKind::Release: detector_.release(self, address); break;
      case EventKind::Load:
      case EventKind::FailedCas: atomic(event, self, address, AtomicOperation::Load); break;
      case EventKind::Store: atomic(event, self, address, AtomicOperation::Store); break;
      case EventKind::Rmw: atomic(event, self, address, AtomicOperation::Rmw); break;
      case EventKind::Fence: detector_.fence(self, event.order); break;
      case EventKind::Create: started(event.other, detector_.createThread(&self, place())); break;
      case EventKind::Finish: detector_.finishThread(self); break;
      case EventKind::Join: detector_.joinThread(self, threads_[event.other].state); break;
      case EventKind::Detach: detector_.detachThread(threads_[event.other].state); break;
      case EventKind::Allocate: detector_.allocated(self, place(), address, event.size); break;
      case EventKind::Free: detector_.freed(self, place(), address, event.size); break;
      case EventKind::IgnoreBegin: self.ignoreDepth = ++threads_[event.thread].ignoring; break;
      case EventKind::IgnoreEnd: self.ignoreDepth = --threads_[event.thread].ignoring; break;
    }
  }

  void access(const Event& event, ThreadState& self, uintptr_t address) {
    if (config_.inlineChecks && inlineCheckPasses(event, self, address)) return;
    detector_.access(self, place(), address, event.size, siteKind(event));
  }

  // What the pass puts in front of an access that lies in one word.
  bool inlineCheckPasses(const Event& event, const ThreadState& self, uintptr_t address) const {
    if ((address & 7) + event.size > 8) return false;
    const uint64_t word = *reinterpret_cast<const uint64_t*>(space().layout().shadowOf(address));
    const uint32_t wanted = 0x00ffffffu | uint32_t{byteMask(address & 7, event.size)} << 24;
    const auto matches = [&](uint64_t half) { return ((static_cast<uint32_t>(half) ^ self.abi->ownHalf) & wanted) == 0; };
    return matches(word) || (event.kind == EventKind::Read && matches(word >> 32));
  }

  void atomic(const Event& event, ThreadState& self, uintptr_t address, AtomicOperation operation) {
    detector_.atomicEnter(self, place(), address, event.size);
    detector_.atomicLeave(self, address, event.size, operation, event.order);
  }

  // Which of the detector's epochs is which of the model's segments.
  void noteEpoch(const Event& event) {
    Thread& thread = threads_[event.thread];
    if (!touchesMemory(event) || thread.ignoring > 0) return;
    segmentOfEpoch_.emplace(std::pair(event.thread, raw(thread.state->clock.get(thread.state->slot))),
                            model_.segmentOf(now_));
  }

  // The log must name an event that can have been the earlier access; only a log that was cut may not know.
  void checkPlace(const Race& race, const TraceRace& found) {
    if (race.earlier.context == kNoContext) {
      if (config_.logBudgetBytes >= RunConfig{}.logBudgetBytes) complain(found, "its place is unknown");
      return;
    }
    const SnagSite* site = detector_.context(race.earlier.context).site;
    if (site < sites_.data() || site >= sites_.data() + sites_.size()) return complain(found, "its site is unknown");
    const auto index = static_cast<uint32_t>(site - sites_.data());
    const Event& event = trace_[index];
    const bool writes = (site->kind & SNAG_SITE_WRITE) != 0 && event.kind != EventKind::FailedCas;
    const uint32_t start = found.word + found.firstByte, end = found.word + found.lastByte + 1;
    if (event.thread != found.thread || model_.segmentOf(index) != found.segment || writes != found.isWrite ||
        isAtomic(event.kind) != found.isAtomic || event.address >= end || event.address + event.size <= start)
      complain(found, "it is said to be event " + std::to_string(index) + ", " + print(event));
  }

  void complain(const TraceRace& found, const std::string& what) {
    result_.wrongPlaces.insert("event " + std::to_string(found.event) + ", earlier access by t" +
                               std::to_string(found.thread) + ": " + what);
  }

  const Trace& trace_;
  const RunConfig config_;
  uint32_t now_ = 0;
  std::vector<SnagSite> sites_;  // one for each event
  Detector detector_;
  NaiveModel model_;
  std::map<uint32_t, Thread> threads_;
  std::map<uint32_t, uint32_t> byNumber_;  // the trace's thread, by the detector's number
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> segmentOfEpoch_;  // by thread and epoch
  RunResult result_;
};

void list(std::ostringstream& out, const char* title, const std::set<TraceRace>& races, const std::set<TraceRace>& others,
          const Trace& trace) {
  for (const TraceRace& race : races) {
    if (others.contains(race)) continue;
    out << title << "event " << race.event << " (" << print(trace[race.event]) << ") with t" << race.thread
        << "'s segment " << race.segment << (race.isAtomic ? ", atomic " : ", ") << (race.isWrite ? "write" : "read")
        << " of word 0x" << std::hex << race.word << std::dec << " bytes " << race.firstByte << ".." << race.lastByte << '\n';
  }
}

}  // namespace

RunResult runTrace(const Trace& trace, const RunConfig& config) { return Runner(trace, config).run(); }

std::string disagreement(const Trace& trace, const RunConfig& config, DetectorStatistics* statistics) {
  Runner runner(trace, config);
  const RunResult result = runner.run();
  if (statistics) *statistics = result.statistics;
  if (result.statistics.forgotten > 0) return {};
  std::ostringstream out;
  list(out, "missed: ", runner.model().races(), result.races, trace);
  list(out, "wrong:  ", result.races, runner.model().races(), trace);
  for (const std::string& place : result.wrongPlaces) out << "place:  " << place << '\n';
  return out.str();
}

}  // namespace snag::model
