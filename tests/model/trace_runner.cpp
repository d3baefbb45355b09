#include "trace_runner.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <sstream>

#include "core/known_atomic.h"
#include "core/quick_access.h"
#include "core/quick_atomic.h"
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

DetectorConfig detectorConfig(const RunConfig& config) {
  World::space().forgetAll();
  DetectorConfig detector;
  detector.layout = World::space().layout();
  detector.exact = config.exact;
  detector.segmentIds = config.segmentIds;
  detector.alwaysRows = config.alwaysRows;
  detector.smallLogBytes = config.smallLogBytes;
  detector.logChunkEntries = config.logChunkEntries;
  detector.logBudgetBytes = config.logBudgetBytes;
  detector.crowdOneIn = config.crowdOneIn;
  detector.rememberedRange = config.rememberedRange;
  detector.crowdChecks = 1 << 30;
  return detector;
}

class Runner final : public RaceSink {
 public:
  Runner(const Trace& trace, World& world)
      : trace_(trace), config_(world.config), world_(world), sites_(world.sites.emplace_back(trace.size())) {
    world.listener = this;
    for (size_t i = 0; i < trace.size(); ++i) {
      sites_[i].kind = siteKind(trace[i]);
      sites_[i].size = static_cast<uint8_t>(trace[i].size <= 16 ? trace[i].size : 0);
    }
    byNumber_[world.mainThread->record->number] = 0;
    threads_[0].state = world.mainThread;
  }

  RunResult run() {
    const uint64_t forgotten = detector_.statistics().forgotten;
    for (now_ = 0; now_ < trace_.size(); ++now_) {
      const Event& event = trace_[now_];
      model_.perform(event);
      perform(event, *threads_[event.thread].state);
      noteEpoch(event);
      beginToJoin(event.thread);
    }
    result_.forgot = detector_.statistics().forgotten != forgotten;
    endWorldsThreads();
    return result_;
  }

  const NaiveModel& model() const { return model_; }

  void onMisuse(ThreadState&, const Misuse&) override {}
  void onRace(const Race& race) override {
    const uint32_t thread = byNumber_.at(race.earlier.thread->number);
    const auto segment = segmentOfEpoch_.find({thread, raw(race.earlier.epoch)});
    const auto address = static_cast<uint32_t>(race.racingAddress - space().base());
    const uint32_t first = address & 7;
    const TraceRace found{now_,
                          address & ~7u,
                          thread,
                          segment == segmentOfEpoch_.end() ? ~0u : segment->second,
                          race.earlier.isWrite,
                          race.earlier.isAtomic};
    // Two atomic locations in one word are two races to the detector; the model counts by segment.
    ReportedBytes& bytes = result_.races.try_emplace(found, ReportedBytes{first, first}).first->second;
    bytes = {std::min(bytes.first, first), std::max(bytes.last, first + race.racingSize - 1)};
    checkPlace(race, found, address, address + race.racingSize);
  }

 private:
  struct Thread {
    ThreadState* state = nullptr;
    bool finished = false, claimed = false;
    SnagThread abi = SNAG_UNKNOWN_THREAD;
    uint32_t ignoring = 0;
  };

  static fake::FakeAddressSpace& space() { return World::space(); }

  // The main thread sees everyone's end, so that the next trace's threads can have their slots.
  void endWorldsThreads() {
    ThreadState& mainThread = *world_.mainThread;
    mainThread.ignoreDepth = 0;
    mainThread.locks.clear();
    for (auto& [number, thread] : threads_) {
      if (number == 0) continue;
      if (!thread.finished && thread.claimed) {
        detector_.release(*thread.state, space().base());
        detector_.acquire(mainThread, space().base());
      }
      if (!thread.finished) detector_.finishThread(*thread.state);
      if (!thread.claimed) detector_.joinThread(mainThread, thread.state);
    }
    detector_.forgetRange(space().base(), space().size());
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
      case EventKind::Finish:
        threads_[event.thread].finished = true;
        detector_.finishThread(self);
        break;
      case EventKind::Join: detector_.joinThread(self, claim(event.other)); break;
      case EventKind::Detach: detector_.detachThread(claim(event.other)); break;
      case EventKind::Allocate: detector_.allocated(self, place(), address, event.size); break;
      case EventKind::Free: detector_.freed(self, place(), address, event.size); break;
      case EventKind::IgnoreBegin: ++threads_[event.thread].ignoring, self.ignoreAccesses(); break;
      case EventKind::IgnoreEnd: --threads_[event.thread].ignoring, self.stopIgnoring(); break;
    }
  }

  // A thread whose next event is a join waits for it from now on.
  void beginToJoin(uint32_t thread) {
    const auto isItsNext = [&](const Event& event) { return event.thread == thread; };
    const auto next = std::find_if(trace_.begin() + now_ + 1, trace_.end(), isItsNext);
    if (next == trace_.end() || next->kind != EventKind::Join) return;
    if (const auto joined = threads_.find(next->other); joined != threads_.end())
      detector_.awaitThread(*threads_[thread].state, joined->second.state);
  }

  ThreadState* claim(uint32_t thread) {
    threads_[thread].claimed = true;
    return threads_[thread].state;
  }

  void access(const Event& event, ThreadState& self, uintptr_t address) {
    world_.crowdedWords +=
        ShadowWord(*reinterpret_cast<const uint64_t*>(space().layout().shadowOf(address))).showsCrowd();
    if (config_.inlineChecks && inlineCheckPasses(event, self, address)) return;
    if (config_.sizedHooks && passesSizedHook(event, self, address)) return;
    detector_.access(self, place(), address, event.size, siteKind(event));
  }

  // What the hooks of accesses of a fixed size do first.
  bool passesSizedHook(const Event& event, ThreadState& self, uintptr_t address) {
    detector_.contextFor(self, place());  // as if the thread had been here before: else nothing is quick
    const bool isWrite = event.kind == EventKind::Write;
    switch (event.size) {
      case 1: return isWrite ? isDecided<1, true>(self, address) : isDecided<1, false>(self, address);
      case 2: return isWrite ? isDecided<2, true>(self, address) : isDecided<2, false>(self, address);
      case 4: return isWrite ? isDecided<4, true>(self, address) : isDecided<4, false>(self, address);
      case 8: return isWrite ? isDecided<8, true>(self, address) : isDecided<8, false>(self, address);
      case 16: return isWrite ? areDecided<16, true>(self, address) : areDecided<16, false>(self, address);
      default:
        return isWrite ? isRangeDecided<true>(event, self, address) : isRangeDecided<false>(event, self, address);
    }
  }
  template <bool isWrite>
  bool isRangeDecided(const Event& event, ThreadState& self, uintptr_t address) {
    const Place here = place();
    const bool isQuick = event.size <= kQuickRange &&
                         quickShortRange<isWrite>(detector_.impl(), self, here.site, here.context, address, event.size);
    world_.ranges += isQuick;
    return isQuick;
  }
  template <uint32_t size, bool isWrite>
  bool areDecided(ThreadState& self, uintptr_t address) {
    const Place here = place();
    const bool areWhole =
        quickAccess<size, isWrite, QuickWay::WholeWords>(detector_.impl(), self, here.site, here.context, address);
    world_.blocks += areWhole;
    return areWhole;
  }
  template <uint32_t size, bool isWrite>
  bool isDecided(ThreadState& self, uintptr_t address) {
    const Place here = place();
    // As the hooks do it.
    const bool asks = self.transitions.isInUse();
    const auto isDecidedBy = [&]<QuickWay way>() {
      return quickAccess<size, isWrite, way>(detector_.impl(), self, here.site, here.context, address);
    };
    bool isWhole = false, isCrowd = false;
    if constexpr (size == 8) {
      const bool isMarked = shadowAt(address).writer().isMark();
      isWhole = !asks && !isMarked && isDecidedBy.template operator()<QuickWay::WholeWords>();
      if constexpr (!isWrite) isCrowd = !asks && isMarked && isDecidedBy.template operator()<QuickWay::Crowds>();
    }
    const bool isQuick = isWhole || isCrowd ||
                         (asks ? isDecidedBy.template operator()<QuickWay::Answers>()
                               : isDecidedBy.template operator()<QuickWay::Rules>());
    world_.wholeWords += isWhole;
    world_.crowds += isCrowd;
    world_.accessesByRules += isQuick && !asks && !isWhole && !isCrowd;
    world_.quickAccesses += isQuick;
    return isQuick || detector_.accessWord<size, isWrite>(self, here, address);
  }

  static ShadowWord shadowAt(uintptr_t address) {
    return ShadowWord(*reinterpret_cast<const uint64_t*>(space().layout().shadowOf(address)));
  }

  // What the pass puts in front of an access that lies in one word.
  bool inlineCheckPasses(const Event& event, const ThreadState& self, uintptr_t address) const {
    if ((address & 7) + event.size > 8) return false;
    const uint64_t word = shadowAt(address).bits();
    const uint32_t wanted = 0x00ffffffu | uint32_t{byteMask(address & 7, event.size)} << 24;
    const auto writer = static_cast<uint32_t>(word), reader = static_cast<uint32_t>(word >> 32);
    const uint32_t own = self.abi->ownHalf, shared = self.abi->sharedHalf;
    const auto agree = [&](uint32_t half, uint32_t other) { return ((half ^ other) & wanted) == 0; };
    if (event.kind == EventKind::Read && event.size == 8 &&
        self.abi->joinedHalves[reader % SNAG_JOINED_HALVES] == reader)
      return true;  // in front of the hook
    return agree(writer, own) || (event.kind == EventKind::Read && (agree(reader, own) || agree(reader, shared)));
  }

  void atomic(const Event& event, ThreadState& self, uintptr_t address, AtomicOperation operation) {
    if (operation == AtomicOperation::Load && config_.inlineChecks &&
        detector_.isKnownLoad(self, address, event.size, event.order) && self.knownAtomic.holds()) {
      ++result_.knownAtomics;
      return;
    }
    const QuickAtomic quick{detector_.impl(), self, address, event.size};
    const Place here = place();
    if (event.kind == EventKind::Rmw &&
        enterKnownAtomic(quick.detector, self, here, address, event.size, operation, event.order))
      ++result_.knownAtomics;
    else if (!config_.inlineChecks || !quick.enter(here))
      detector_.atomicEnter(self, here, address, event.size);
    if (config_.inlineChecks && leaveQuickly(quick, operation, event.order))
      ++result_.quickAtomics;
    else
      detector_.atomicLeave(self, address, event.size, operation, event.order);
  }

  static bool leaveQuickly(const QuickAtomic& quick, AtomicOperation operation, MemoryOrder order) {
    switch (operation) {
      case AtomicOperation::Load: return quick.leave<AtomicOperation::Load>(order);
      case AtomicOperation::Store: return quick.leave<AtomicOperation::Store>(order);
      case AtomicOperation::Rmw: break;
    }
    return quick.leave<AtomicOperation::Rmw>(order);
  }

  // Which of the detector's epochs is which of the model's segments.
  void noteEpoch(const Event& event) {
    Thread& thread = threads_[event.thread];
    if (!touchesMemory(event) || thread.ignoring > 0) return;
    segmentOfEpoch_.emplace(std::pair(event.thread, raw(thread.state->clock.get(thread.state->slot))),
                            model_.epochOf(now_));
  }

  // The log must name an event that can have been the earlier access; only a log that was cut may not know.
  void checkPlace(const Race& race, const TraceRace& found, uint32_t start, uint32_t end) {
    if (race.earlier.context == kNoContext) {
      if (config_.logBudgetBytes >= RunConfig{}.logBudgetBytes) complain(found, "its place is unknown");
      return;
    }
    const SnagSite* site = detector_.context(race.earlier.context).site;
    if (site < sites_.data() || site >= sites_.data() + sites_.size()) return complain(found, "its site is unknown");
    const auto index = static_cast<uint32_t>(site - sites_.data());
    const Event& event = trace_[index];
    const uint32_t number = isAtomic(event.kind) ? model_.epochOf(index) : model_.segmentOf(index);
    const bool writes = (site->kind & SNAG_SITE_WRITE) != 0 && event.kind != EventKind::FailedCas;
    if (event.thread != found.thread || number != found.segment || writes != found.isWrite ||
        isAtomic(event.kind) != found.isAtomic || event.address >= end || event.address + event.size <= start)
      complain(found, "it is said to be event " + std::to_string(index) + ", " + print(event));
  }

  void complain(const TraceRace& found, const std::string& what) {
    result_.wrongPlaces.insert("event " + std::to_string(found.event) + ", earlier access by t" +
                               std::to_string(found.thread) + ": " + what);
  }

  const Trace& trace_;
  const RunConfig& config_;
  World& world_;
  Detector& detector_ = world_.detector;
  uint32_t now_ = 0;
  std::vector<SnagSite>& sites_;               // one for each event
  NaiveModel model_{config_.crowdOneIn == 0};  // a crowd keeps who has read last of each thread
  std::map<uint32_t, Thread> threads_;
  std::map<uint32_t, uint32_t> byNumber_;                             // the trace's thread, by the detector's number
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> segmentOfEpoch_;  // by thread and epoch
  RunResult result_;
};

std::string describe(const TraceRace& race, const Trace& trace) {
  std::ostringstream out;
  out << "event " << race.event << " (" << print(trace[race.event]) << ") with t" << race.thread << "'s segment "
      << race.segment << (race.isAtomic ? ", atomic " : ", ") << (race.isWrite ? "write" : "read") << " of word 0x"
      << std::hex << race.word;
  return out.str();
}

// Who may miss races may miss those of some bytes, too.
bool bytesAgree(const RacingBytes& model, const ReportedBytes& reported, bool mayMiss) {
  const auto span = static_cast<uint8_t>((2u << reported.last) - (1u << reported.first));
  return (model.allowed >> reported.first & 1) != 0 && (model.allowed >> reported.last & 1) != 0 &&
         (mayMiss || (model.required & ~span) == 0);
}

std::string compare(const std::map<TraceRace, RacingBytes>& model, const RunResult& detector, const RunConfig& config,
                    const Trace& trace) {
  std::ostringstream out;
  for (const auto& [race, bytes] : model)
    if (bytes.required != 0 && !detector.races.contains(race) && !config.mayMiss)
      out << "missed: " << describe(race, trace) << '\n';
  for (const auto& [race, bytes] : detector.races) {
    const auto found = model.find(race);
    if (found == model.end())
      out << "wrong:  " << describe(race, trace) << '\n';
    else if (!bytesAgree(found->second, bytes, config.mayMiss))
      out << "bytes " << bytes.first << ".." << bytes.last << ": " << describe(race, trace) << '\n';
  }
  for (const std::string& place : detector.wrongPlaces) out << "place:  " << place << '\n';
  return out.str();
}

}  // namespace

World::World(const RunConfig& runConfig)
    : config(runConfig),
      detector(detectorConfig(runConfig), *this),
      mainThread(detector.createThread(nullptr, Place{})) {
  detector.startThread(*mainThread, &mainAbi, 1000);
}

fake::FakeAddressSpace& World::space() {
  static fake::FakeAddressSpace space(kWindowBytes);
  return space;
}

std::string disagreement(const Trace& trace, World& world) {
  Runner runner(trace, world);
  const RunResult result = runner.run();
  world.knownAtomics += result.knownAtomics;
  world.quickAtomics += result.quickAtomics;
  return result.forgot ? std::string() : compare(runner.model().races(), result, world.config, trace);
}

std::string disagreement(const Trace& trace, const RunConfig& config) {
  World world(config);
  return disagreement(trace, world);
}

}  // namespace snag::model
