// A little world for tests of the detector that read as sentences: t1.write(x); t2.write(x); EXPECT_EQ(races.size(),
// 1u).
#ifndef SNAG_TESTS_UNIT_CORE_DETECTOR_FIXTURE_H
#define SNAG_TESTS_UNIT_CORE_DETECTOR_FIXTURE_H

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/detector.h"
#include "core/shadow_word.h"
#include "core/thread_state.h"
#include "platform/fake/fake_platform.h"

namespace snag {

inline constexpr MemoryOrder kRelaxed = MemoryOrder::Relaxed, kAcquire = MemoryOrder::Acquire,
                             kRelease = MemoryOrder::Release, kAcqRel = MemoryOrder::AcqRel,
                             kSeqCst = MemoryOrder::SeqCst;

// A thread of the program under test, as seen through the detector. Each kind and size of access has a site of its own.
class TestThread {
 public:
  TestThread(Detector& detector, TestThread* creator) : detector_(detector) {
    state = detector_.createThread(creator ? creator->state : nullptr, creator ? creator->here() : Place{});
    number = state->record->number;
    detector_.startThread(*state, &abi, 1000 + number);
  }

  void read(uintptr_t x, size_t size = 4) { access(x, size, SNAG_SITE_READ); }
  void write(uintptr_t x, size_t size = 4) { access(x, size, SNAG_SITE_WRITE); }
  void increment(uintptr_t x, size_t size = 4) { access(x, size, SNAG_SITE_READ | SNAG_SITE_WRITE); }

  void lock(uintptr_t m) { want(m, LockMode::Write), tryLock(m); }
  void want(uintptr_t m, LockMode mode) { detector_.lockWanted(*state, here(), m, mode); }
  void tryLock(uintptr_t m) { detector_.lockAcquired(*state, here(), m, LockMode::Write); }
  void unlock(uintptr_t m) { detector_.lockReleased(*state, m, LockMode::Write); }
  void lockShared(uintptr_t m) { want(m, LockMode::Read), detector_.lockAcquired(*state, here(), m, LockMode::Read); }
  void unlockShared(uintptr_t m) { detector_.lockReleased(*state, m, LockMode::Read); }
  void acquire(uintptr_t x) { detector_.acquire(*state, x); }
  void release(uintptr_t x) { detector_.release(*state, x); }

  void load(uintptr_t x, MemoryOrder order, size_t size = 4) { atomic(x, size, AtomicOperation::Load, order); }
  void store(uintptr_t x, MemoryOrder order, size_t size = 4) { atomic(x, size, AtomicOperation::Store, order); }
  void rmw(uintptr_t x, MemoryOrder order, size_t size = 4) { atomic(x, size, AtomicOperation::Rmw, order); }
  // A compare-exchange that failed is a load with the failure order.
  void failedCas(uintptr_t x, MemoryOrder failure, size_t size = 4) { atomic(x, size, AtomicOperation::Load, failure); }
  void fence(MemoryOrder order) { detector_.fence(*state, order); }

  void allocate(uintptr_t x, size_t size) {
    detector_.allocated(*state, at(SNAG_SITE_WRITE | SNAG_SITE_ALLOCATE, 0), x, size);
  }
  void free(uintptr_t x, size_t size) { detector_.freed(*state, at(SNAG_SITE_WRITE | SNAG_SITE_FREE, 0), x, size); }

  void finish() { detector_.finishThread(*state); }
  void join(TestThread& other) { detector_.joinThread(*state, other.state); }
  void detach(TestThread& other) { detector_.detachThread(other.state); }

  Place here() { return at(0, 0); }
  Epoch epoch() const { return state->clock.get(state->slot); }

  ThreadState* state = nullptr;
  SnagThread abi = SNAG_UNKNOWN_THREAD;
  uint32_t number = 0;
  bool lastWasKnown = false;  // its last atomic operation took no lock

 private:
  Place at(uint8_t kind, size_t size) {
    SnagSite& site = sites_[{kind, size}];
    site.kind = kind;
    site.size = static_cast<uint8_t>(size <= 64 ? size : 0);
    return {&site, 1 + calls_++ % 100, 0x1000, 0};
  }
  void access(uintptr_t x, size_t size, uint8_t kind) { detector_.access(*state, at(kind, size), x, size, kind); }
  void atomic(uintptr_t x, size_t size, AtomicOperation operation, MemoryOrder order) {
    const uint8_t kind = operation == AtomicOperation::Load ? SNAG_SITE_READ : SNAG_SITE_WRITE;
    const Place place = at(SNAG_SITE_ATOMIC | kind, size);
    lastWasKnown = operation == AtomicOperation::Load && detector_.isKnownLoad(*state, x, size, order) &&
                   state->knownAtomic.holds();
    if (lastWasKnown) return;
    detector_.atomicEnter(*state, place, x, size, operation, order);
    lastWasKnown = state->isInKnownAtomic;
    detector_.atomicLeave(*state, x, size, operation, order);
  }

  Detector& detector_;
  std::map<std::pair<uint8_t, size_t>, SnagSite> sites_;
  uint64_t calls_ = 0;
};

class DetectorTest : public ::testing::Test, public RaceSink {
 protected:
  explicit DetectorTest(const DetectorConfig& config = {}, size_t windowBytes = 1 << 20)
      : space(windowBytes), detector(std::make_unique<Detector>(withLayout(config, space.layout()), *this)) {}

  // Address of a cache line of the program's window.
  uintptr_t line(size_t index) const { return space.base() + 4096 + 64 * index; }

  // What the inline test of instrumented code would look at.
  ShadowWord shadow(uintptr_t address) const {
    return ShadowWord(*reinterpret_cast<const uint64_t*>(space.layout().shadowOf(address)));
  }

  TestThread& newThread(TestThread& creator) { return threads_.emplace_back(*detector, &creator); }
  void onRace(const Race& race) override {
    const std::lock_guard guard(mutex_);
    races.push_back(race);
    earlierThreads.push_back(race.earlier.thread->number);
  }
  void onMisuse(ThreadState&, const Misuse& misuse) override {
    const std::lock_guard guard(mutex_);
    misuses.push_back(misuse);
  }

  fake::FakeAddressSpace space;

 private:
  static DetectorConfig withLayout(DetectorConfig config, const AddressLayout& layout) {
    config.layout = layout;
    return config;
  }

  std::mutex mutex_;  // protects races, earlierThreads and misuses while several system threads run

 protected:
  std::unique_ptr<Detector> detector;  // ends before its address space
 private:
  std::deque<TestThread> threads_;

 protected:
  std::vector<Race> races;
  std::vector<Misuse> misuses;
  std::vector<uint32_t> earlierThreads;  // their numbers, while their records surely lived
  uintptr_t x = line(0), y = line(1), m = line(2), n = line(3), a = line(4), b = line(5);
  TestThread main{*detector, nullptr};
  TestThread& t1 = newThread(main);
  TestThread& t2 = newThread(main);
  TestThread& t3 = newThread(main);
};

}  // namespace snag

#endif  // SNAG_TESTS_UNIT_CORE_DETECTOR_FIXTURE_H
