// In which order threads take locks, and the cycles in it: threads that may come to wait for each other for ever.
//
// A request is one thread asking for a lock while it holds others; it gives an edge from each lock held to the one
// wanted. A cycle of edges is an inversion if its requests can be under way at the same time: made by different
// threads, none ordered before another by anything but locks given back and taken (phase_clocks.h), no lock common to
// two of them (a gate lock would keep them apart), and nowhere only readers meeting readers. The idea of lock graphs
// with guards is Goodlock's (Havelund 2000; Bensalem and Havelund 2005).
//
// Locks are ranked so that edges lead upwards (Pearce and Kelly, JEA 2006). As long as that works for all edges, as in
// a program without mistakes, there is no cycle and nothing is searched.
#ifndef SNAG_CORE_LOCK_ORDER_H
#define SNAG_CORE_LOCK_ORDER_H

#include <boost/container/small_vector.hpp>

#include "core/held_locks.h"
#include "core/thread_state.h"

namespace snag {

// A lock in the graph. A number is reused when a lock has left; `stamp` tells its bearers apart.
struct LockNode {
  uint32_t number = 0;
  uint32_t stamp = 0;
};

// `thread` asked for `lock` while it held the locks of `held`.
struct LockRequest {
  uint32_t record = 0;  // number of the ThreadRecord in its pool
  uint32_t thread = 0;  // ThreadRecord::number
  LockSetId held = kNoLocks;
  uintptr_t lock = 0;
  LockMode mode = LockMode::Write;
  ContextId context = kNoContext;
  uint64_t time = 0;  // of the registry's clock of creations and joins
  ThreadSlot slot{};
  uint32_t phaseTime = 0;              // of the thread's phase: see phase_clocks.h
  const VectorClock* phase = nullptr;  // which requests happened before this one; valid during LockOrder::request
};

// One request of a cycle, and the lock through which it is part of it.
struct LockEdge {
  LockRequest request;
  HeldLock held;
};

struct LockCycle {
  static constexpr size_t kMostEdges = 48;
  LockEdge edges[kMostEdges];  // the newest first; each holds what the one before it asked for
  size_t count = 0;
};

// Thread-safe; its lock is a leaf. Memory is bounded: beyond the bounds new edges are not kept.
class LockOrder {
 public:
  using RecordPool = IndexedPool<ThreadRecord>;
  LockOrder(const LockSetTable& sets, RecordPool& records) : sets_(sets), records_(records) {}

  // A lock joins the graph. {0, 0} if it is full.
  LockNode add(uintptr_t lock);
  // Whether the number still means the lock it was given for is checked by `request`.
  LockNode node(uint32_t number) const { return {number, nodes_.at(number).stamp}; }
  // The lock was destroyed or its memory freed: its edges go with it.
  void remove(uint32_t number);
  // Changes whenever a lock leaves: what threads remember of requests is then worth nothing.
  uint32_t generation() const { return generation_.load(std::memory_order_acquire); }

  // Adds the edges of a request. `held` are the nodes of the request's lock set, in its order. True and *cycle set if
  // they close a cycle that has not been given out before.
  bool request(const LockRequest& request, LockNode wanted, const LockNode* held, LockCycle* cycle);

  // Calls visit(record) for each ThreadRecord that a remembered request names.
  template <typename Visit>
  void forEachRecord(Visit&& visit) {
    SpinGuard guard(lock_);
    for (uint32_t i = 1; i < requests_.end(); ++i)
      if (requests_.at(i).users != 0) visit(requests_.at(i).request.record);
  }
  uint32_t edges() const { return pairs_.inUse(); }

 private:
  static constexpr uint32_t kMaxNodes = 1 << 22;
  static constexpr uint32_t kMaxPairs = 1 << 22;
  static constexpr uint32_t kMaxRequests = 1 << 22;
  static constexpr uint32_t kBuckets = 1 << 20;
  static constexpr size_t kWitnesses = 6;  // requests kept for one pair of locks

  struct Node {
    uintptr_t lock = 0;
    uint32_t stamp = 0;
    uint32_t rank = 0;                              // forward edges lead to higher ranks
    uint32_t backOut = 0, backIn = 0;               // how many of its edges are back edges
    uint32_t firstOut = 0, firstIn = 0;             // pairs
    uint32_t forward = 0, backward = 0, ahead = 0;  // the search that marked the node last
    uint32_t distance = 0;                          // valid if `ahead` is this search: edges to the nearest goal
  };
  // An edge of the graph.
  struct Pair {
    uint32_t from = 0, to = 0;
    bool isBack = false;  // it closed a cycle of forward edges when it came, or that was too dear to find out
    uint32_t outNext = 0, outPrevious = 0, inNext = 0, inPrevious = 0, chainNext = 0;
    uint32_t witnesses[kWitnesses] = {};  // requests, 0 where there is none
  };
  struct KeptRequest {
    LockRequest request;
    VectorClock phase;
    uint32_t users = 0;  // pairs that name it; 0: free
    ~KeptRequest() { users = 0; }
  };
  struct Search;
  using Numbers = boost::container::small_vector<uint32_t, 64, ArenaAllocator<uint32_t>>;

  static size_t bucketOf(uint32_t from, uint32_t to) {
    return ((uint64_t{from} << 32 | to) * 0x9e37'79b9'7f4a'7c15) >> 44;
  }
  bool isCurrent(LockNode node) const { return nodes_.at(node.number).stamp == node.stamp; }
  uint32_t pairFor(uint32_t from, uint32_t to);
  void rankPair(Pair& pair);
  bool collect(Numbers& found, uint32_t start, uint32_t limit, bool forward);
  void reorder(Numbers& before, Numbers& after);
  void setRank(Node& node, uint32_t rank);
  void removePair(uint32_t index);
  bool addWitness(Pair& pair, uint32_t request);
  uint32_t* placeForWitness(Pair& pair, const LockRequest& request);
  bool hasEnded(const LockRequest& request) const;
  void dropRequest(uint32_t index);

  bool reaches(uint32_t from, const Numbers& goals);
  bool expand(Numbers& queue, size_t& next, bool forward, size_t& budget);
  void measureDistances(const Numbers& goals);
  bool findCycle(uint32_t request, uint32_t wanted, const Numbers& goals, LockCycle* cycle);
  bool extend(Search& search, uint32_t node, size_t most);
  bool fits(Search& search, const LockRequest& request);
  HeldLock heldIn(const LockRequest& request, uintptr_t lock) const;
  bool shareLock(const LockRequest& a, const LockRequest& b, size_t& budget) const;
  bool isNew(const LockCycle& cycle);

  const LockSetTable& sets_;
  RecordPool& records_;
  SpinLock lock_;  // protects the rest
  IndexedPool<Node> nodes_{kMaxNodes};
  IndexedPool<Pair> pairs_{kMaxPairs};
  IndexedPool<KeptRequest> requests_{kMaxRequests};
  const ReservedArray<uint32_t> buckets_{kBuckets};
  uint32_t stamps_ = 0;
  uint32_t searches_ = 0;
  uint32_t ranks_ = 0;
  uint32_t backPairs_ = 0;
  uint32_t highestSource_ = 0, lowestTarget_ = ~0u;  // no back edge starts at a higher rank or ends at a lower one
  std::atomic<uint32_t> generation_{0};
  boost::container::small_vector<uint64_t, 8, ArenaAllocator<uint64_t>> reported_;
};

// The events of two threads can be told apart in time by creations and joins of threads alone.
bool orderedByLifetimes(const LockOrder::RecordPool& records, const LockRequest& a, const LockRequest& b);

}  // namespace snag

#endif  // SNAG_CORE_LOCK_ORDER_H
