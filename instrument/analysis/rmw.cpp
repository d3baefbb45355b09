#include "analysis/rmw.h"

#include "access.h"
#include "analysis/same_address.h"
#include "snag/hooks.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Support/CommandLine.h"

#define DEBUG_TYPE "snag-rmw"

using namespace llvm;

STATISTIC(NumMerged, "Read-modify-writes that became one check");
STATISTIC(NumSplit, "Stores marked as part of a read-modify-write");

static cl::opt<bool> rmwSwitch("snag-rmw", cl::init(true), cl::Hidden,
                               cl::desc("Check a read-modify-write once, as one access"));

namespace snag {
namespace {

constexpr unsigned kMaxValues = 64;

// Condition 3 for one instruction between load and store.
bool separates(const Instruction& instruction) {
  if (instruction.isAtomic()) return true;
  auto* call = dyn_cast<CallBase>(&instruction);
  if (!call) return false;
  if (auto* intrinsic = dyn_cast<IntrinsicInst>(call))
    return intrinsic->mayWriteToMemory() && !intrinsic->isAssumeLikeIntrinsic();
  return !(call->doesNotAccessMemory() && call->doesNotThrow() && call->hasFnAttr(Attribute::WillReturn));
}

bool isSeparated(const Instruction& load, const Instruction& store) {
  if (load.getParent() != store.getParent() || !load.comesBefore(&store)) return true;
  for (const Instruction* at = load.getNextNode(); at != &store; at = at->getNextNode())
    if (separates(*at)) return true;
  return false;
}

class Merger {
 public:
  explicit Merger(FunctionAccesses& found) : found_(found), sameAddress_(privateObjects_) {
    for (Access& access : found.accesses)
      if (!access.dropped && isa<LoadInst>(access.instruction)) loads_[access.instruction] = &access;
  }

  void run() {
    for (Access& access : found_.accesses)
      if (auto* store = dyn_cast<StoreInst>(access.instruction); store && !access.dropped) visit(access, *store);
  }

 private:
  void visit(Access& store, const StoreInst& instruction) {
    SmallVector<Access*, 2> loads = sourcesOf(store, instruction.getValueOperand());
    if (loads.empty()) return;
    erase_if(loads, [&](Access* load) { return load->dropped || isSeparated(*load->instruction, instruction); });
    if (loads.empty()) {
      store.kind |= SNAG_SITE_PART_OF_RMW;
      ++NumSplit;
      return;
    }
    for (Access* load : loads) merge(*load, store);
    store.kind |= SNAG_SITE_READ;
    ++NumMerged;
  }

  // Moves the store's check in front of the load, unless it already is in front of an earlier one (-O0 code loads the
  // unit of a bit-field twice).
  static void merge(Access& load, Access& store) {
    load.dropped = true;
    if (load.instruction->comesBefore(store.before)) {
      store.before = load.instruction;
      store.address = load.address;
    }
    store.alignment = std::max(load.alignment.valueOrOne(), store.alignment.valueOrOne());
  }

  // The loads of the store's own address that its value is computed from.
  SmallVector<Access*, 2> sourcesOf(const Access& store, const Value* value) {
    SmallVector<Access*, 2> found;
    SmallPtrSet<const Value*, 32> seen;
    SmallVector<const Value*, 32> work{value};
    for (size_t next = 0; next < work.size() && work.size() < kMaxValues; ++next) {
      auto* instruction = dyn_cast<Instruction>(work[next]);
      if (!instruction || !seen.insert(instruction).second) continue;
      Access* load = loads_.lookup(instruction);
      if (load && load->size == store.size && sameAddress_.holds(load->address, store.address)) found.push_back(load);
      if (auto* slotLoad = dyn_cast<LoadInst>(instruction))
        if (const Value* stored = sameAddress_.storedValue(*slotLoad)) work.push_back(stored);
      append_range(work, instruction->operand_values());
    }
    return found;
  }

  FunctionAccesses& found_;
  PrivateObjects privateObjects_;
  SameAddress sameAddress_;
  DenseMap<const Instruction*, Access*> loads_;
};

}  // namespace

void mergeReadModifyWrites(FunctionAccesses& found) {
  if (rmwSwitch) Merger(found).run();
}

}  // namespace snag
