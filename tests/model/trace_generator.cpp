#include "trace_generator.h"

#include <array>

namespace snag::model {
namespace {

// The map of the little world in which traces live. Everything is close together, so that random accesses meet.
constexpr uint32_t kData = 0x38;      // across the end of what ShadowReadahead calls the beginning of a page
constexpr uint32_t kAtomics = 0x80;   // 64 bytes; plain accesses come here too
constexpr uint32_t kLocks = 0x100;    // 8 apart
constexpr uint32_t kObjects = 0x180;  // 8 apart
constexpr uint32_t kHeap = 0x200;     // four blocks, kBlockBytes apart
constexpr uint32_t kBlockBytes = 64;

struct Location {
  uint32_t address, size;
};
constexpr Location kAtomicLocations[] = {
    {kAtomics, 8},      {kAtomics + 8, 4},   {kAtomics + 12, 4}, {kAtomics + 16, 1}, {kAtomics + 17, 1},
    {kAtomics + 18, 2}, {kAtomics + 32, 16}, {kData + 4, 4},     {kHeap, 8},         {kHeap + kBlockBytes + 16, 4}};

class Generator {
 public:
  Generator(const GeneratorConfig& config, std::mt19937_64& random) : config_(config), random_(random) {
    for (uint32_t& weight : weights_) weight = below(8);  // each trace has a character of its own
    weights_[0] += 4;
    if (config_.repeatsAtomics) weights_[3] += 20;
    if (config_.ranges) weights_[0] += 60;
    if (config_.crowds) weights_[0] += 30, weights_[2] += 15;
  }

  Trace generate() {
    const uint32_t length = config_.minEvents + below(config_.maxEvents - config_.minEvents + 1);
    for (uint32_t tries = 0; trace_.size() < length && tries < 20 * length; ++tries) add(candidate());
    return trace_;
  }

 private:
  uint32_t below(uint32_t limit) { return static_cast<uint32_t>(random_() % limit); }
  bool oneIn(uint32_t n) { return below(n) == 0; }

  void add(const Event& event) {
    if (!validator_.accept(event)) return;
    trace_.push_back(event);
    if (event.kind == EventKind::Create) live_.push_back(created_++);
    if (event.kind == EventKind::Finish) std::erase(live_, event.thread);
  }

  // The access before, one word further on: programs go through arrays.
  bool goesOn(Event* event) {
    if (trace_.empty() || !oneIn(3)) return false;
    *event = trace_.back();
    event->address += 8;
    return (event->kind == EventKind::Read || event->kind == EventKind::Write) &&
           event->address + event->size <= kData + config_.words * 8;
  }

  Event candidate() {
    if (Event next; goesOn(&next)) return next;
    Event event;
    event.thread = live_[below(static_cast<uint32_t>(live_.size()))];
    if (live_.size() < config_.liveThreads && oneIn(live_.size() < 3 ? 3 : 12)) return create(event);
    uint32_t total = 0;
    for (const uint32_t weight : weights_) total += weight;
    uint32_t pick = below(total), choice = 0;
    while (pick >= weights_[choice]) pick -= weights_[choice++];
    switch (choice) {
      case 0: return plain(event);
      case 1: return lock(event);
      case 2: return object(event);
      case 3:
      case 4: return atomic(event);
      case 5: return fence(event);
      case 6: return config_.memoryReuse ? heap(event) : plain(event);
      default: return threadEnd(event);
    }
  }

  Event create(Event event) {
    event.kind = EventKind::Create;
    event.other = created_;
    return event;
  }

  Event plain(Event event) {
    if (config_.ignores && oneIn(40)) {
      event.kind = oneIn(2) ? EventKind::IgnoreEnd : EventKind::IgnoreBegin;
      return event;
    }
    event.kind = oneIn(2) ? EventKind::Read : EventKind::Write;
    constexpr uint32_t kSizes[] = {1, 2, 4, 8};
    const uint32_t size = kSizes[below(4)];
    event.address = kData + size * below(config_.words * 8 / size);
    event.size = size;
    if (config_.crowds && !oneIn(8)) {
      event.kind = oneIn(20) ? EventKind::Write : EventKind::Read;
      event.size = oneIn(10) ? 4 : 8;
      event.address = kData + 8 * below(config_.words);
      return event;
    }
    if (config_.ranges && !oneIn(4)) {
      event.kind = oneIn(3) ? EventKind::Write : EventKind::Read;
      event.address = kData + below(24);
      event.size = 16 + below(56);
      return event;
    }
    if (oneIn(8)) {
      event.address = kData + 8 * below(config_.words);
      event.size = 16;
      return event;
    }
    if (oneIn(4)) event.size = 1 + below(16);  // often unaligned, crossing words
    if (oneIn(4)) event.address = kData + below(config_.words * 8);
    if (oneIn(20)) event.size = 1 + below(96);
    if (oneIn(5)) event.address = kAtomics + below(48);
    if (oneIn(20)) event.address = kLocks + below(16);
    if (config_.memoryReuse && oneIn(5)) event.address = kHeap + below(2) * kBlockBytes + below(24);
    return event;
  }

  Event lock(Event event) {
    constexpr EventKind kKinds[] = {EventKind::Lock,       EventKind::Unlock, EventKind::ReadLock,
                                    EventKind::ReadUnlock, EventKind::Lock,   EventKind::Unlock};
    constexpr uint32_t kWhere[] = {kLocks, kLocks + 8, kLocks + 4, kData + 8, kHeap + 8};  // the last two: inside data
    event.kind = kKinds[below(6)];
    event.address = kWhere[below(oneIn(3) ? 5 : 2)];
    return event;
  }

  Event object(Event event) {
    event.kind = oneIn(config_.crowds ? 6 : 2) ? EventKind::Acquire : EventKind::Release;
    event.address = kObjects + 8 * below(2);
    return event;
  }

  Event atomic(Event event) {
    constexpr EventKind kKinds[] = {EventKind::Load, EventKind::Store, EventKind::Rmw, EventKind::FailedCas};
    constexpr MemoryOrder kLoadOrders[] = {MemoryOrder::Relaxed, MemoryOrder::Consume, MemoryOrder::Acquire,
                                           MemoryOrder::SeqCst};
    constexpr MemoryOrder kStoreOrders[] = {MemoryOrder::Relaxed, MemoryOrder::Release, MemoryOrder::SeqCst};
    event.kind = kKinds[below(4)];
    if (config_.repeatsAtomics && event.kind == EventKind::Store && !oneIn(4)) event.kind = EventKind::Load;
    const Location where = atomicLocation();
    event.address = where.address;
    event.size = where.size;
    if (event.kind == EventKind::Rmw)
      event.order = static_cast<MemoryOrder>(below(config_.repeatsAtomics && !oneIn(4) ? 3 : 6));
    else if (event.kind == EventKind::Store)
      event.order = kStoreOrders[below(3)];
    else
      event.order = kLoadOrders[below(4)];
    return event;
  }

  Location atomicLocation() {
    if (config_.mixedAtomicSizes) {
      const uint32_t size = 1u << below(5);
      return {kAtomics + size * below(32 / size), size};
    }
    const uint32_t count = config_.memoryReuse ? std::size(kAtomicLocations) : std::size(kAtomicLocations) - 2;
    return kAtomicLocations[below(oneIn(config_.repeatsAtomics ? 8 : 2) ? count : 3)];
  }

  Event fence(Event event) {
    constexpr MemoryOrder kOrders[] = {MemoryOrder::Acquire, MemoryOrder::Release, MemoryOrder::AcqRel,
                                       MemoryOrder::SeqCst};
    event.kind = EventKind::Fence;
    event.order = kOrders[below(4)];
    return event;
  }

  Event heap(Event event) {
    event.kind = oneIn(2) ? EventKind::Allocate : EventKind::Free;
    const uint32_t block = below(4);
    constexpr uint32_t kSizes[] = {24, 40, 64, 13};  // one size for each block, so that a free finds its block
    event.address = kHeap + block * kBlockBytes;
    event.size = kSizes[block];
    return event;
  }

  Event threadEnd(Event event) {
    constexpr EventKind kKinds[] = {EventKind::Finish, EventKind::Join, EventKind::Join, EventKind::Detach};
    event.kind = kKinds[below(4)];
    event.other = below(created_);
    if (event.kind == EventKind::Detach && !oneIn(3)) event.kind = EventKind::Join;
    if (event.kind == EventKind::Finish && oneIn(2)) event.kind = EventKind::Join;
    if (event.kind != EventKind::Join && event.kind != EventKind::Detach) event.other = 0;
    return event;
  }

  const GeneratorConfig& config_;
  std::mt19937_64& random_;
  std::array<uint32_t, 8> weights_;
  TraceValidator validator_;
  Trace trace_;
  std::vector<uint32_t> live_{0};
  uint32_t created_ = 1;
};

}  // namespace

Trace randomTrace(const GeneratorConfig& config, std::mt19937_64& random) {
  return Generator(config, random).generate();
}

}  // namespace snag::model
