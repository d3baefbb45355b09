#include "analysis/redundancy.h"

#include "access.h"
#include "analysis/constant_offset.h"
#include "analysis/quiet_calls.h"
#include "snag/hooks.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"

#include <map>

#define DEBUG_TYPE "snag-redundancy"

using namespace llvm;

STATISTIC(NumLater, "Accesses not checked because an earlier check covers them");
STATISTIC(NumEarlier, "Accesses not checked because a later check covers them");

static cl::opt<bool> redundancySwitch("snag-redundancy", cl::init(true), cl::Hidden,
                                      cl::desc("Do not check what another check covers"));
static cl::opt<bool> earlierSwitch("snag-redundancy-earlier", cl::init(true), cl::Hidden,
                                   cl::desc("Do not check what a later check covers"));

namespace snag {
namespace {

// Larger functions are looked at block by block only.
constexpr size_t kMaxBits = size_t{1} << 26;

// What a check establishes. Equal ones are one fact, so that it holds where two paths meet.
struct Span {
  const Value* base;
  int64_t begin, end;
  bool isWrite, isVptr;
  auto operator<=>(const Span&) const = default;
  bool covers(const Span& other) const {
    return base == other.base && begin <= other.begin && end >= other.end && (isWrite || !other.isWrite) &&
           isVptr == other.isVptr;
  }
};

// A place in a block where something happens to the set of facts.
struct Event {
  Access* access;  // null: everything is forgotten
  unsigned fact;
};

class Redundancy {
 public:
  Redundancy(Function& function, FunctionAccesses& found, const QuietCalls& quietCalls,
             const TargetLibraryInfo& library)
      : function_(function), found_(found), quietCalls_(quietCalls), library_(library), order_(&function) {}

  void run() {
    findFacts();
    if (facts_.empty()) return;
    unsigned index = 0;
    for (BasicBlock* block : order_) number_[block] = index++;
    for (BasicBlock* block : order_) events_.push_back(eventsOf(*block));
    dropLater();
    if (earlierSwitch) dropEarlier();
  }

 private:
  using Facts = BitVector;

  // --- facts ---

  bool spanOf(const Access& access, Span& span) const {
    if (access.dropped) return false;
    uint64_t size = access.size;
    if (access.shape == AccessShape::Range) {
      auto* constant = dyn_cast<ConstantInt>(access.sizeValue);
      if (!constant || constant->getValue().ugt(1u << 20)) return false;
      size = constant->getZExtValue();
    } else if (access.shape != AccessShape::Fixed) {
      return false;
    }
    auto address = baseAndOffset(access.address, function_.getParent()->getDataLayout());
    if (!address) return false;
    span.base = address->base;
    span.begin = address->offset;
    span.end = span.begin + static_cast<int64_t>(size);
    span.isWrite = access.kind & SNAG_SITE_WRITE;
    span.isVptr = access.kind & SNAG_SITE_VPTR;
    return true;
  }

  // Only bases that are accessed twice.
  void findFacts() {
    MapVector<const Value*, SmallVector<std::pair<Access*, Span>, 2>> byBase;
    for (Access& access : found_.accesses)
      if (Span span; spanOf(access, span)) byBase[span.base].push_back({&access, span});
    for (auto& [base, accesses] : byBase) {
      if (accesses.size() < 2) continue;
      std::map<Span, unsigned> numbers;
      unsigned first = facts_.size();
      for (auto& [access, span] : accesses) {
        auto [entry, isNew] = numbers.try_emplace(span, facts_.size());
        if (isNew) facts_.push_back(span);
        factOf_[access] = entry->second;
      }
      for (unsigned fact = first; fact < facts_.size(); ++fact) groups_.push_back({first, (unsigned)facts_.size()});
    }
  }

  // Another fact of the set, or the same again, that covers `fact`; -1 if there is none.
  int coveredBy(const Facts& known, unsigned fact) const {
    auto [first, last] = groups_[fact];
    for (int each = known.find_first_in(first, last); each >= 0; each = known.find_first_in(each + 1, last))
      if (facts_[each].covers(facts_[fact])) return each;
    return -1;
  }

  // --- events ---

  std::vector<Event> eventsOf(BasicBlock& block) {
    if (checksAt_.empty())
      for (Access& access : found_.accesses)
        if (factOf_.count(&access)) checksAt_[access.before].push_back(&access);
    std::vector<Event> events;
    for (Instruction& instruction : block) {
      if (auto checks = checksAt_.find(&instruction); checks != checksAt_.end())
        for (Access* access : checks->second) events.push_back({access, factOf_[access]});
      bool forgets = !quietCalls_.isQuiet(instruction, library_);
      if (forgets || !quietCalls_.surelyContinues(instruction)) events.push_back({nullptr, forgets});
    }
    return events;
  }
  // Condition 1 may look across a callee that does not return: then the later access does not happen.
  static bool forgetsForward(const Event& event) { return !event.access && event.fact; }

  // --- condition 1 ---

  void runForward(const std::vector<Event>& events, Facts& known) const {
    for (const Event& event : events) {
      if (event.access)
        known.set(event.fact);
      else if (forgetsForward(event))
        known.reset();
    }
  }

  void dropLater() {
    std::vector<Facts> atEnd(events_.size(), Facts(isLarge() ? 0 : facts_.size(), true));
    for (bool changed = !isLarge(); changed;) {
      changed = false;
      for (BasicBlock* block : order_) {
        unsigned index = number_[block];
        Facts known = atBegin(block, atEnd);
        runForward(events_[index], known);
        if (known == atEnd[index]) continue;
        atEnd[index] = std::move(known);
        changed = true;
      }
    }
    for (BasicBlock* block : order_) {
      Facts known = isLarge() ? Facts(facts_.size()) : atBegin(block, atEnd);
      for (const Event& event : events_[number_[block]]) {
        if (!event.access) {
          if (forgetsForward(event)) known.reset();
          continue;
        }
        if (coveredBy(known, event.fact) >= 0) {
          event.access->dropped = true;
          ++NumLater;
        }
        known.set(event.fact);
      }
    }
  }

  Facts atBegin(BasicBlock* block, const std::vector<Facts>& atEnd) const {
    if (block->isEntryBlock()) return Facts(facts_.size());
    Facts known(facts_.size(), true);
    for (BasicBlock* before : predecessors(block))
      if (auto index = number_.find(before); index != number_.end()) known &= atEnd[index->second];
    return known;
  }

  // --- conditions 2 and 3 ---

  // Only forward edges count, so one pass in post order sees every block after its successors.
  void dropEarlier() {
    std::vector<Facts> ahead(events_.size());
    for (BasicBlock* block : reverse(order_)) {
      unsigned index = number_[block];
      Facts coming = isLarge() ? Facts(facts_.size()) : atTheEnd(block, index, ahead);
      for (const Event& event : reverse(events_[index])) {
        if (!event.access) {
          coming.reset();
        } else if (!event.access->dropped) {
          if (int by = coveredBy(coming, event.fact); by >= 0) dropForLater(*event.access, event.fact, by);
          coming.set(event.fact);
        }
      }
      if (!isLarge()) ahead[index] = std::move(coming);
    }
  }

  Facts atTheEnd(BasicBlock* block, unsigned index, const std::vector<Facts>& ahead) const {
    Facts coming(facts_.size(), succ_begin(block) != succ_end(block));
    for (BasicBlock* after : successors(block)) {
      unsigned next = number_.lookup(after);
      if (next <= index) return Facts(facts_.size());
      coming &= ahead[next];
    }
    return coming;
  }

  void dropForLater(Access& access, unsigned fact, unsigned by) {
    access.dropped = true;
    ++NumEarlier;
    if (facts_[fact].isWrite || !facts_[by].isWrite) return;
    for (auto& [other, number] : factOf_)
      if (number == by && !other->dropped && (other->kind & SNAG_SITE_PART_OF_RMW) && other->size == access.size)
        other->kind = (other->kind & ~SNAG_SITE_PART_OF_RMW) | SNAG_SITE_READ;
  }

  bool isLarge() const { return facts_.size() * events_.size() > kMaxBits; }

  Function& function_;
  FunctionAccesses& found_;
  const QuietCalls& quietCalls_;
  const TargetLibraryInfo& library_;
  ReversePostOrderTraversal<Function*> order_;
  std::vector<Span> facts_;
  std::vector<std::pair<unsigned, unsigned>> groups_;  // of each fact: the facts of the same base
  DenseMap<Access*, unsigned> factOf_;
  DenseMap<const Instruction*, SmallVector<Access*, 1>> checksAt_;
  DenseMap<BasicBlock*, unsigned> number_;
  std::vector<std::vector<Event>> events_;
};

}  // namespace

void dropRedundantAccesses(Function& function, FunctionAccesses& found, const QuietCalls& quietCalls,
                           const TargetLibraryInfo& library) {
  if (redundancySwitch && found.accesses.size() > 1) Redundancy(function, found, quietCalls, library).run();
}

}  // namespace snag
