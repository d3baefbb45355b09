#include "core/lock_order.h"

#include <algorithm>

namespace snag {
namespace {

constexpr size_t kReachBudget = 20'000;   // edges that one search for a cycle follows
constexpr size_t kRankBudget = 2'000;     // locks that one new edge may rank anew
constexpr size_t kCycleBudget = 200'000;  // comparisons that one choice of witnesses may cost
constexpr uint32_t kDetour = 3;           // how much longer than the shortest a cycle may be
constexpr size_t kMaxReported = 4096;

uint64_t mix(uint64_t value) {
  value = (value ^ value >> 31) * 0x9e37'79b9'7f4a'7c15;
  return (value ^ value >> 29) * 0xbf58'476d'1ce4'e5b9;
}

}  // namespace

struct LockOrder::Search {
  LockCycle* cycle;
  size_t budget;
};

// --- nodes and edges ------------------------------------------------------------------------------------

LockNode LockOrder::add(uintptr_t lock) {
  SpinGuard guard(lock_);
  const uint32_t number = nodes_.create();
  if (number == 0) return {};
  Node& node = nodes_.at(number);
  node.lock = lock;
  node.stamp = ++stamps_;
  node.rank = ++ranks_;
  return {number, node.stamp};
}

void LockOrder::remove(uint32_t number) {
  SpinGuard guard(lock_);
  Node& node = nodes_.at(number);
  while (node.firstOut != 0) removePair(node.firstOut);
  while (node.firstIn != 0) removePair(node.firstIn);
  node.stamp = 0;
  nodes_.destroy(number);
  generation_.fetch_add(1, std::memory_order_release);
}

uint32_t LockOrder::pairFor(uint32_t from, uint32_t to) {
  uint32_t& bucket = buckets_[bucketOf(from, to)];
  for (uint32_t index = bucket; index != 0; index = pairs_.at(index).chainNext)
    if (pairs_.at(index).from == from && pairs_.at(index).to == to) return index;
  const uint32_t index = pairs_.create();
  if (index == 0) return 0;
  Pair& pair = pairs_.at(index);
  Node &source = nodes_.at(from), &target = nodes_.at(to);
  pair.from = from;
  pair.to = to;
  pair.chainNext = bucket;
  pair.outNext = source.firstOut;
  pair.inNext = target.firstIn;
  if (pair.outNext != 0) pairs_.at(pair.outNext).outPrevious = index;
  if (pair.inNext != 0) pairs_.at(pair.inNext).inPrevious = index;
  bucket = source.firstOut = target.firstIn = index;
  rankPair(pair);
  return index;
}

void LockOrder::removePair(uint32_t index) {
  Pair& pair = pairs_.at(index);
  uint32_t* link = &buckets_[bucketOf(pair.from, pair.to)];
  while (*link != index) link = &pairs_.at(*link).chainNext;
  *link = pair.chainNext;
  (pair.outPrevious != 0 ? pairs_.at(pair.outPrevious).outNext : nodes_.at(pair.from).firstOut) = pair.outNext;
  (pair.inPrevious != 0 ? pairs_.at(pair.inPrevious).inNext : nodes_.at(pair.to).firstIn) = pair.inNext;
  if (pair.outNext != 0) pairs_.at(pair.outNext).outPrevious = pair.outPrevious;
  if (pair.inNext != 0) pairs_.at(pair.inNext).inPrevious = pair.inPrevious;
  for (uint32_t witness : pair.witnesses)
    if (witness != 0) dropRequest(witness);
  if (pair.isBack) {
    --nodes_.at(pair.from).backOut;
    --nodes_.at(pair.to).backIn;
    --backPairs_;
  }
  pairs_.destroy(index);
}

// --- ranks ----------------------------------------------------------------------------------------------

// Makes the new edge lead upwards by ranking anew what lies between its ends, or makes it a back edge.
void LockOrder::rankPair(Pair& pair) {
  const uint32_t low = nodes_.at(pair.to).rank, high = nodes_.at(pair.from).rank;
  if (high < low) return;
  ++searches_;
  Numbers before, after;
  if (collect(after, pair.to, high, true) && nodes_.at(pair.from).forward != searches_ &&
      collect(before, pair.from, low, false))
    return reorder(before, after);
  pair.isBack = true;
  ++nodes_.at(pair.from).backOut;
  ++nodes_.at(pair.to).backIn;
  if (backPairs_++ == 0) {
    highestSource_ = 0;
    lowestTarget_ = ~0u;
  }
  highestSource_ = std::max(highestSource_, high);
  lowestTarget_ = std::min(lowestTarget_, low);
}

// What forward edges reach from `start` up to the rank `limit`, or what reaches it from there on. False if it is much.
bool LockOrder::collect(Numbers& found, uint32_t start, uint32_t limit, bool forward) {
  size_t budget = kReachBudget;
  found.push_back(start);
  (forward ? nodes_.at(start).forward : nodes_.at(start).backward) = searches_;
  for (size_t next = 0; next < found.size(); ++next) {
    const Node& node = nodes_.at(found[next]);
    for (uint32_t index = forward ? node.firstOut : node.firstIn; index != 0;) {
      const Pair& pair = pairs_.at(index);
      index = forward ? pair.outNext : pair.inNext;
      const uint32_t number = forward ? pair.to : pair.from;
      Node& neighbour = nodes_.at(number);
      uint32_t& mark = forward ? neighbour.forward : neighbour.backward;
      if (budget-- == 0 || found.size() > kRankBudget) return false;
      if (pair.isBack || mark == searches_ || (forward ? neighbour.rank > limit : neighbour.rank < limit)) continue;
      mark = searches_;
      found.push_back(number);
    }
  }
  return true;
}

// The ranks of both sets are dealt out again: first to `before`, then to `after`, each in its present order.
void LockOrder::reorder(Numbers& before, Numbers& after) {
  const auto byRank = [&](uint32_t a, uint32_t b) { return nodes_.at(a).rank < nodes_.at(b).rank; };
  std::sort(before.begin(), before.end(), byRank);
  std::sort(after.begin(), after.end(), byRank);
  Numbers ranks;
  for (uint32_t number : before) ranks.push_back(nodes_.at(number).rank);
  for (uint32_t number : after) ranks.push_back(nodes_.at(number).rank);
  std::sort(ranks.begin(), ranks.end());
  size_t next = 0;
  for (uint32_t number : before) setRank(nodes_.at(number), ranks[next++]);
  for (uint32_t number : after) setRank(nodes_.at(number), ranks[next++]);
}

void LockOrder::setRank(Node& node, uint32_t rank) {
  node.rank = rank;
  if (node.backOut != 0) highestSource_ = std::max(highestSource_, rank);
  if (node.backIn != 0) lowestTarget_ = std::min(lowestTarget_, rank);
}

void LockOrder::dropRequest(uint32_t index) {
  if (--requests_.at(index).users == 0) requests_.destroy(index);
}

// Whoever comes from now on is likely to come after its thread's end.
bool LockOrder::hasEnded(const LockRequest& request) const {
  const ThreadRecord& record = records_.at(request.record);
  return !record.alive || record.number != request.thread || record.finished;
}

// Where to keep the request: an empty place, or that of one which is less likely to be part of a cycle because its
// thread has ended or it held more locks. Null if it tells nothing new.
uint32_t* LockOrder::placeForWitness(Pair& pair, const LockRequest& request) {
  uint32_t *place = nullptr, sameThread = 0;
  size_t most = 0;
  sets_.get(request.held, &most);
  for (uint32_t& witness : pair.witnesses) {
    if (witness == 0) {
      if (place == nullptr || *place != 0) place = &witness;
      continue;
    }
    const LockRequest& kept = requests_.at(witness).request;
    // The later of two alike: whatever it is ordered before, the earlier is as well.
    if (kept.thread == request.thread && kept.mode == request.mode && kept.held == request.held)
      return kept.phaseTime != request.phaseTime ? &witness : nullptr;
    sameThread += kept.thread == request.thread ? 1 : 0;
    size_t count = hasEnded(kept) ? SIZE_MAX : 0;
    if (count == 0) sets_.get(kept.held, &count);
    if (count <= most || (place != nullptr && *place == 0)) continue;
    most = count;
    place = &witness;
  }
  return place != nullptr && *place == 0 && sameThread > kWitnesses / 2 ? nullptr : place;
}

bool LockOrder::addWitness(Pair& pair, uint32_t request) {
  uint32_t* place = placeForWitness(pair, requests_.at(request).request);
  if (place == nullptr) return false;
  if (*place != 0) dropRequest(*place);
  *place = request;
  ++requests_.at(request).users;
  return true;
}

bool LockOrder::request(const LockRequest& request, LockNode wanted, const LockNode* held, LockCycle* cycle) {
  SpinGuard guard(lock_);
  if (!isCurrent(wanted)) return false;
  const uint32_t kept = requests_.create();
  if (kept == 0) return false;
  KeptRequest& keptRequest = requests_.at(kept);
  keptRequest.request = request;
  if (request.phase != nullptr) keptRequest.phase = *request.phase;
  keptRequest.request.phase = &keptRequest.phase;
  keptRequest.users = 1;
  size_t count = 0;
  sets_.get(request.held, &count);
  Numbers goals;
  for (size_t i = 0; i < count; ++i) {
    if (held[i].number == 0 || held[i].number == wanted.number || !isCurrent(held[i])) continue;
    const uint32_t pair = pairFor(held[i].number, wanted.number);
    if (pair != 0 && addWitness(pairs_.at(pair), kept)) goals.push_back(held[i].number);
  }
  const bool found = !goals.empty() && backPairs_ != 0 && reaches(wanted.number, goals) &&
                     findCycle(kept, wanted.number, goals, cycle);
  dropRequest(kept);
  return found;
}

// --- is there a way at all ------------------------------------------------------------------------------

// From both ends by turns: a list that is locked hand over hand has a short side, whichever way it grows.
bool LockOrder::reaches(uint32_t from, const Numbers& goals) {
  ++searches_;
  Numbers forward, backward = goals;
  forward.push_back(from);
  nodes_.at(from).forward = searches_;
  for (uint32_t goal : goals) nodes_.at(goal).backward = searches_;
  size_t nextForward = 0, nextBackward = 0, budget = kReachBudget;
  while (nextForward < forward.size() && nextBackward < backward.size() && budget != 0)
    if (expand(forward, nextForward, true, budget) || expand(backward, nextBackward, false, budget)) return true;
  return false;
}

// Follows the edges of the next node in the queue. True if that meets the search from the other end.
bool LockOrder::expand(Numbers& queue, size_t& next, bool forward, size_t& budget) {
  if (next == queue.size()) return false;
  const Node& node = nodes_.at(queue[next++]);
  for (uint32_t index = forward ? node.firstOut : node.firstIn; index != 0 && budget != 0; --budget) {
    const Pair& pair = pairs_.at(index);
    index = forward ? pair.outNext : pair.inNext;
    const uint32_t number = forward ? pair.to : pair.from;
    Node& neighbour = nodes_.at(number);
    if ((forward ? neighbour.backward : neighbour.forward) == searches_) return true;
    uint32_t& mark = forward ? neighbour.forward : neighbour.backward;
    // Beyond all back edges no way leads back.
    if (mark == searches_ || (forward ? neighbour.rank > highestSource_ : neighbour.rank < lowestTarget_)) continue;
    mark = searches_;
    queue.push_back(number);
  }
  return false;
}

// How many edges each node is from the nearest goal.
void LockOrder::measureDistances(const Numbers& goals) {
  Numbers queue = goals;
  for (uint32_t goal : goals) {
    nodes_.at(goal).ahead = searches_;
    nodes_.at(goal).distance = 0;
  }
  size_t budget = kReachBudget;
  for (size_t next = 0; next < queue.size(); ++next) {
    const Node& node = nodes_.at(queue[next]);
    for (uint32_t index = node.firstIn; index != 0 && budget != 0; --budget) {
      const Pair& pair = pairs_.at(index);
      index = pair.inNext;
      Node& neighbour = nodes_.at(pair.from);
      if (neighbour.ahead == searches_) continue;
      neighbour.ahead = searches_;
      neighbour.distance = node.distance + 1;
      queue.push_back(pair.from);
    }
  }
}

// --- which requests make a cycle ------------------------------------------------------------------------

HeldLock LockOrder::heldIn(const LockRequest& request, uintptr_t lock) const {
  size_t count = 0;
  const HeldLock* locks = sets_.get(request.held, &count);
  HeldLock found{lock, LockMode::Read, kNoContext};
  for (size_t i = 0; i < count; ++i)
    if (locks[i].lock == lock && (found.taken == kNoContext || locks[i].mode == LockMode::Write)) found = locks[i];
  return found;
}

// A lock that two requests hold keeps them apart, unless both hold it for reading.
bool LockOrder::shareLock(const LockRequest& a, const LockRequest& b, size_t& budget) const {
  size_t countA = 0, countB = 0;
  const HeldLock *locksA = sets_.get(a.held, &countA), *locksB = sets_.get(b.held, &countB);
  budget -= countA * countB < budget ? countA * countB : budget;
  for (size_t i = 0; i < countA; ++i)
    for (size_t j = 0; j < countB; ++j)
      if (locksA[i].lock == locksB[j].lock && (locksA[i].mode == LockMode::Write || locksB[j].mode == LockMode::Write))
        return true;
  return false;
}

namespace {

bool isKnownTo(const LockRequest& a, const LockRequest& b) {
  return a.phaseTime != 0 && b.phase != nullptr && raw(b.phase->get(a.slot)) >= a.phaseTime;
}
bool orderedByPhases(const LockRequest& a, const LockRequest& b) { return isKnownTo(a, b) || isKnownTo(b, a); }

}  // namespace

bool LockOrder::fits(Search& search, const LockRequest& request) {
  for (size_t i = 0; i < search.cycle->count; ++i) {
    const LockRequest& other = search.cycle->edges[i].request;
    if (search.budget == 0 || other.thread == request.thread || shareLock(other, request, search.budget) ||
        orderedByPhases(other, request) || orderedByLifetimes(records_, other, request))
      return false;
  }
  return true;
}

// The last request of the cycle wants `node`: looks for one that holds it and leads on, until the first one's held lock
// is wanted.
bool LockOrder::extend(Search& search, uint32_t node, size_t most) {
  LockCycle& cycle = *search.cycle;
  const LockRequest& last = cycle.edges[cycle.count - 1].request;
  const Node& here = nodes_.at(node);
  if (here.distance == 0) {
    cycle.edges[0].held = heldIn(cycle.edges[0].request, here.lock);
    return last.mode == LockMode::Write || cycle.edges[0].held.mode == LockMode::Write;
  }
  if (cycle.count == most) return false;
  for (uint32_t index = here.firstOut; index != 0; index = pairs_.at(index).outNext) {
    const Pair& pair = pairs_.at(index);
    const Node& next = nodes_.at(pair.to);
    if (next.ahead != searches_ || cycle.count + 1 + next.distance > most) continue;
    for (uint32_t witness : pair.witnesses) {
      if (search.budget == 0) return false;
      --search.budget;
      if (witness == 0) continue;
      const LockRequest& request = requests_.at(witness).request;
      const HeldLock held = heldIn(request, here.lock);
      if ((last.mode == LockMode::Read && held.mode == LockMode::Read) || !fits(search, request)) continue;
      cycle.edges[cycle.count++] = {request, held};
      if (extend(search, pair.to, most)) return true;
      --cycle.count;
    }
  }
  return false;
}

bool LockOrder::findCycle(uint32_t request, uint32_t wanted, const Numbers& goals, LockCycle* cycle) {
  measureDistances(goals);
  const Node& start = nodes_.at(wanted);
  if (start.ahead != searches_) return false;
  Search search{cycle, kCycleBudget};
  for (size_t most = start.distance + 1; most <= start.distance + 1 + kDetour && most <= LockCycle::kMostEdges;
       ++most) {
    cycle->count = 1;
    cycle->edges[0] = {requests_.at(request).request, {}};
    if (extend(search, wanted, most)) return isNew(*cycle);
  }
  return false;
}

// One mistake, one report: neither the same locks nor the same places again.
bool LockOrder::isNew(const LockCycle& cycle) {
  uint64_t locks = 0, places = 1;
  for (size_t i = 0; i < cycle.count; ++i) {
    locks += mix(cycle.edges[i].request.lock);
    places += mix(uint64_t{raw(cycle.edges[i].request.context)} << 32 | raw(cycle.edges[i].held.taken));
  }
  for (uint64_t known : reported_)
    if (known == locks || known == places) return false;
  if (reported_.size() + 2 > kMaxReported) return false;
  reported_.push_back(locks);
  reported_.push_back(places);
  return true;
}

// --- time as creations and joins tell it ----------------------------------------------------------------

namespace {

struct Moment {
  uint32_t thread;
  uint64_t time;  // odd for requests, even for creations and joins
};
constexpr size_t kGenerations = 16;

const ThreadRecord* recordOf(const LockOrder::RecordPool& records, uint32_t index, uint32_t number) {
  if (index == 0) return nullptr;
  const ThreadRecord& record = records.at(index);
  return record.alive && record.number == number ? &record : nullptr;
}

// What surely comes after the request: the join of its thread in the joiner, the join of that one, and so on.
size_t momentsAfter(const LockOrder::RecordPool& records, const LockRequest& request, Moment* moments) {
  size_t count = 0;
  moments[count++] = {request.thread, 2 * request.time + 1};
  const ThreadRecord* record = recordOf(records, request.record, request.thread);
  while (record != nullptr && record->joinTime != 0 && count < kGenerations) {
    moments[count++] = {record->joiner, 2 * record->joinTime};
    record = recordOf(records, record->joinerRecord, record->joiner);
  }
  return count;
}

// What surely came before it: the creation of its thread in the creator, the creation of that one, and so on.
size_t momentsBefore(const LockOrder::RecordPool& records, const LockRequest& request, Moment* moments) {
  size_t count = 0;
  moments[count++] = {request.thread, 2 * request.time + 1};
  const ThreadRecord* record = recordOf(records, request.record, request.thread);
  while (record != nullptr && record->creatorRecord != 0 && count < kGenerations) {
    moments[count++] = {record->creator, 2 * record->createTime};
    record = recordOf(records, record->creatorRecord, record->creator);
  }
  return count;
}

bool isBefore(const LockOrder::RecordPool& records, const LockRequest& a, const LockRequest& b) {
  Moment after[kGenerations], before[kGenerations];
  const size_t countAfter = momentsAfter(records, a, after), countBefore = momentsBefore(records, b, before);
  for (size_t i = 0; i < countAfter; ++i)
    for (size_t j = 0; j < countBefore; ++j)
      if (after[i].thread == before[j].thread && after[i].time < before[j].time) return true;
  return false;
}

}  // namespace

bool orderedByLifetimes(const LockOrder::RecordPool& records, const LockRequest& a, const LockRequest& b) {
  return isBefore(records, a, b) || isBefore(records, b, a);
}

}  // namespace snag
