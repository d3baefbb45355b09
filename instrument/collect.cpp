#include "collect.h"

#include "llvm_compat.h"
#include "snag/hooks.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace snag {
namespace {

uint32_t c11Order(AtomicOrdering ordering) {
  switch (ordering) {
    case AtomicOrdering::Acquire: return 2;
    case AtomicOrdering::Release: return 3;
    case AtomicOrdering::AcquireRelease: return 4;
    case AtomicOrdering::SequentiallyConsistent: return 5;
    default: return 0;
  }
}

// Walks one function and sorts its instructions into the lists of FunctionAccesses.
class Collector {
 public:
  Collector(Function& function, const TargetLibraryInfo& library)
      : function_(function), layout_(function.getParent()->getDataLayout()), library_(library) {}

  FunctionAccesses run() {
    for (Instruction& instruction : instructions(function_))
      if (!instruction.hasMetadata(LLVMContext::MD_nosanitize)) visit(instruction);
    return std::move(found_);
  }

 private:
  void visit(Instruction& instruction) {
    if (auto* load = dyn_cast<LoadInst>(&instruction))
      load->isAtomic() ? atomicLoad(*load)
                       : plain(*load, load->getPointerOperand(), load->getType(), load->getAlign(), SNAG_SITE_READ);
    else if (auto* store = dyn_cast<StoreInst>(&instruction))
      store->isAtomic() ? atomicStore(*store)
                        : plain(*store, store->getPointerOperand(), store->getValueOperand()->getType(),
                                store->getAlign(), SNAG_SITE_WRITE);
    else if (auto* rmw = dyn_cast<AtomicRMWInst>(&instruction))
      atomicRmw(*rmw);
    else if (auto* exchange = dyn_cast<AtomicCmpXchgInst>(&instruction))
      compareExchange(*exchange);
    else if (auto* fence = dyn_cast<FenceInst>(&instruction))
      threadFence(*fence);
    else if (auto* call = dyn_cast<CallBase>(&instruction))
      visitCall(*call);
  }

  void visitCall(CallBase& call) {
    if (call.isInlineAsm() || isa<CallBrInst>(call)) return;
    if (auto* intrinsic = dyn_cast<IntrinsicInst>(&call)) return visitIntrinsic(*intrinsic);
    Function* callee = call.getCalledFunction();
    if (callee && isa<CallInst>(call) && (atomicLibraryCall(cast<CallInst>(call), callee->getName()))) return;
    if (callee) memoryLibraryCall(call, *callee);
    if (!isLeaf(call, callee)) found_.calls.push_back(&call);
  }

  // --- plain accesses ---

  // Memory that other threads can see and that the shadow covers.
  bool isChecked(Value* address) const {
    if (address->getType()->getScalarType()->getPointerAddressSpace() != 0 || address->isSwiftError()) return false;
    auto* global = dyn_cast<GlobalVariable>(getUnderlyingObject(address));
    return !global || !isCompilerOwned(*global);
  }

  // Counters of coverage and profiling: racy on purpose, and not the user's.
  static bool isCompilerOwned(const GlobalVariable& global) {
    StringRef name = global.getName();
    return name.starts_with("__profc_") || name.starts_with("__profd_") || name.starts_with("__llvm_") ||
           name.starts_with("llvm.") || name.starts_with("__sancov") || global.getSection().contains("__sancov");
  }

  bool fixedSize(Type* type, uint64_t& size) const {
    TypeSize bytes = layout_.getTypeStoreSize(type);
    size = bytes.getKnownMinValue();
    return !bytes.isScalable() && size != 0;
  }

  Access* add(Instruction& instruction, Value* address, uint8_t kind) {
    if (!isChecked(address)) return nullptr;
    Access access{&instruction, &instruction, address};
    access.kind = kind;
    found_.accesses.push_back(access);
    return &found_.accesses.back();
  }

  void plain(Instruction& instruction, Value* address, Type* type, Align alignment, uint8_t kind) {
    uint64_t size;
    if (!fixedSize(type, size)) return;
    MDNode* tag = instruction.getMetadata(LLVMContext::MD_tbaa);
    if (tag && tag->isTBAAVtableAccess()) kind |= SNAG_SITE_VPTR;
    if (Access* access = add(instruction, address, kind)) {
      access->size = size;
      access->alignment = alignment;
    }
  }

  void range(Instruction& instruction, Value* address, Value* size, uint8_t kind) {
    auto* constant = dyn_cast<ConstantInt>(size);
    if (constant && constant->isZero()) return;
    Access* access = add(instruction, address, kind);
    if (!access) return;
    access->shape = AccessShape::Range;
    access->sizeValue = size;
    if (constant && isPowerOf2_64(constant->getZExtValue()) && constant->getZExtValue() <= 64) {
      access->shape = AccessShape::Fixed;
      access->size = constant->getZExtValue();
    }
  }

  // A vector access under a mask; `activeLanes` may be null.
  void masked(IntrinsicInst& call, Value* address, Type* type, Value* mask, Value* activeLanes, AccessShape shape,
              uint8_t kind, MaybeAlign alignment) {
    auto* vector = dyn_cast<FixedVectorType>(type);
    if (!vector) return;
    auto* constant = dyn_cast<Constant>(mask);
    bool allLanes = !activeLanes && constant && constant->isAllOnesValue();
    if (allLanes && shape == AccessShape::Lanes) return plain(call, address, type, alignment.valueOrOne(), kind);
    uint64_t size;
    if (!fixedSize(vector->getElementType(), size) || (constant && constant->isNullValue())) return;
    if (Access* access = add(call, address, kind)) {
      access->shape = shape;
      access->size = size;
      access->mask = allLanes ? nullptr : mask;
      access->activeLanes = activeLanes;
      access->lanes = vector->getNumElements();
    }
  }

  void visitIntrinsic(IntrinsicInst& call) {
    auto arg = [&](unsigned index) { return call.getArgOperand(index); };
    if (auto* transfer = dyn_cast<AnyMemTransferInst>(&call)) {
      range(call, transfer->getRawSource(), transfer->getLength(), SNAG_SITE_READ);
      return range(call, transfer->getRawDest(), transfer->getLength(), SNAG_SITE_WRITE);
    }
    if (auto* set = dyn_cast<AnyMemSetInst>(&call))
      return range(call, set->getRawDest(), set->getLength(), SNAG_SITE_WRITE);
    switch (call.getIntrinsicID()) {
      case Intrinsic::masked_load:
        return masked(call, arg(0), call.getType(), compat::maskOf(call, 0), nullptr, AccessShape::Lanes,
                      SNAG_SITE_READ, compat::maskedAlignment(call, 0));
      case Intrinsic::masked_store:
        return masked(call, arg(1), arg(0)->getType(), compat::maskOf(call, 1), nullptr, AccessShape::Lanes,
                      SNAG_SITE_WRITE, compat::maskedAlignment(call, 1));
      case Intrinsic::masked_gather:
        return masked(call, arg(0), call.getType(), compat::maskOf(call, 0), nullptr, AccessShape::Gather,
                      SNAG_SITE_READ, {});
      case Intrinsic::masked_scatter:
        return masked(call, arg(1), arg(0)->getType(), compat::maskOf(call, 1), nullptr, AccessShape::Gather,
                      SNAG_SITE_WRITE, {});
      case Intrinsic::masked_expandload:
        return masked(call, arg(0), call.getType(), arg(1), nullptr, AccessShape::Packed, SNAG_SITE_READ, {});
      case Intrinsic::masked_compressstore:
        return masked(call, arg(1), arg(0)->getType(), arg(2), nullptr, AccessShape::Packed, SNAG_SITE_WRITE, {});
      case Intrinsic::vp_load:
        return masked(call, arg(0), call.getType(), arg(1), arg(2), AccessShape::Lanes, SNAG_SITE_READ, {});
      case Intrinsic::vp_store:
        return masked(call, arg(1), arg(0)->getType(), arg(2), arg(3), AccessShape::Lanes, SNAG_SITE_WRITE, {});
      case Intrinsic::vp_gather:
        return masked(call, arg(0), call.getType(), arg(1), arg(2), AccessShape::Gather, SNAG_SITE_READ, {});
      case Intrinsic::vp_scatter:
        return masked(call, arg(1), arg(0)->getType(), arg(2), arg(3), AccessShape::Gather, SNAG_SITE_WRITE, {});
      default: return;
    }
  }

  // Direct calls of the mem* functions (-fno-builtin, or ones that have no intrinsic).
  void memoryLibraryCall(CallBase& call, const Function& callee) {
    LibFunc id;
    if (!library_.getLibFunc(callee, id)) return;
    switch (id) {
      case LibFunc_memcpy:
      case LibFunc_memmove:
      case LibFunc_mempcpy:
        range(call, call.getArgOperand(1), call.getArgOperand(2), SNAG_SITE_READ);
        return range(call, call.getArgOperand(0), call.getArgOperand(2), SNAG_SITE_WRITE);
      case LibFunc_memset: return range(call, call.getArgOperand(0), call.getArgOperand(2), SNAG_SITE_WRITE);
      case LibFunc_bzero: return range(call, call.getArgOperand(0), call.getArgOperand(1), SNAG_SITE_WRITE);
      default: return;
    }
  }

  // --- atomics ---

  Value* int32(uint64_t value) const { return ConstantInt::get(Type::getInt32Ty(function_.getContext()), value); }
  Value* int64(uint64_t value) const { return ConstantInt::get(Type::getInt64Ty(function_.getContext()), value); }
  Value* order(AtomicOrdering ordering) const { return int32(c11Order(ordering)); }

  AtomicAccess* atomic(Instruction& instruction, Value* address, Value* size, uint32_t operation, Value* order) {
    if (!isChecked(address)) return nullptr;
    uint8_t kind = SNAG_SITE_ATOMIC;
    kind |= operation == SNAG_ATOMIC_LOAD    ? SNAG_SITE_READ
            : operation == SNAG_ATOMIC_STORE ? SNAG_SITE_WRITE
                                             : SNAG_SITE_READ | SNAG_SITE_WRITE;
    found_.atomics.push_back({&instruction, address, size, kind, operation, order});
    return &found_.atomics.back();
  }

  template <typename T>
  AtomicAccess* atomic(T& instruction, Type* type, uint32_t operation, AtomicOrdering ordering) {
    if (instruction.getSyncScopeID() == SyncScope::SingleThread) return nullptr;
    return atomic(instruction, instruction.getPointerOperand(), int64(layout_.getTypeStoreSize(type)), operation,
                  order(ordering));
  }

  void atomicLoad(LoadInst& load) { atomic(load, load.getType(), SNAG_ATOMIC_LOAD, load.getOrdering()); }
  void atomicStore(StoreInst& store) {
    atomic(store, store.getValueOperand()->getType(), SNAG_ATOMIC_STORE, store.getOrdering());
  }
  void atomicRmw(AtomicRMWInst& rmw) { atomic(rmw, rmw.getType(), SNAG_ATOMIC_RMW, rmw.getOrdering()); }
  void compareExchange(AtomicCmpXchgInst& exchange) {
    if (auto* access =
            atomic(exchange, exchange.getNewValOperand()->getType(), SNAG_ATOMIC_RMW, exchange.getSuccessOrdering())) {
      access->comparesAndExchanges = true;
      access->failureOrder = order(exchange.getFailureOrdering());
    }
  }
  void threadFence(FenceInst& fence) {
    if (fence.getSyncScopeID() != SyncScope::SingleThread)
      found_.fences.push_back({&fence, order(fence.getOrdering())});
  }

  // __atomic_* and __sync_* functions. True if `call` is one of them.
  bool atomicLibraryCall(CallInst& call, StringRef name) {
    if (name.consume_front("__atomic_")) return libatomic(call, name);
    if (name.consume_front("__sync_")) return syncBuiltin(call, name);
    return false;
  }

  bool libatomic(CallInst& call, StringRef name) {
    uint64_t bytes = 0;
    size_t underscore = name.rfind('_');
    bool sized = underscore != StringRef::npos && !name.substr(underscore + 1).getAsInteger(10, bytes);
    StringRef verb = sized ? name.take_front(underscore) : name;
    int operation = StringSwitch<int>(verb)
                        .Case("load", SNAG_ATOMIC_LOAD)
                        .Case("store", SNAG_ATOMIC_STORE)
                        .Case("exchange", SNAG_ATOMIC_RMW)
                        .Case("compare_exchange", SNAG_ATOMIC_RMW)
                        .Default(verb.starts_with("fetch_") || verb.ends_with("_fetch") ? SNAG_ATOMIC_RMW : -1);
    bool compares = verb == "compare_exchange";
    unsigned addressArgument = sized ? 0 : 1;
    if (operation < 0 || call.arg_size() < addressArgument + (compares ? 5 : 2)) return false;
    unsigned orders = compares ? 2 : 1;
    AtomicAccess* access =
        atomic(call, call.getArgOperand(addressArgument), sized ? int64(bytes) : call.getArgOperand(0), operation,
               call.getArgOperand(call.arg_size() - orders));
    if (access && compares) {
      access->comparesAndExchanges = true;
      access->failureOrder = call.getArgOperand(call.arg_size() - 1);
    }
    return true;
  }

  bool syncBuiltin(CallInst& call, StringRef name) {
    uint64_t bytes = 0;
    size_t underscore = name.rfind('_');
    if (underscore == StringRef::npos || name.substr(underscore + 1).getAsInteger(10, bytes) || call.arg_size() == 0)
      return false;
    bool unlock = name.starts_with("lock_release");
    bool lock = name.starts_with("lock_test_and_set");
    AtomicOrdering ordering = unlock ? AtomicOrdering::Release
                              : lock ? AtomicOrdering::Acquire
                                     : AtomicOrdering::SequentiallyConsistent;
    atomic(call, call.getArgOperand(0), int64(bytes), unlock ? SNAG_ATOMIC_STORE : SNAG_ATOMIC_RMW, order(ordering));
    return true;
  }

  // --- calls ---

  // True if the callee cannot reach a hook or an interceptor, so that it needs no calling context.
  static bool isLeaf(const CallBase& call, const Function* callee) {
    return (callee && callee->getName().starts_with("__snag_")) ||
           (call.doesNotAccessMemory() && !call.isIndirectCall());
  }

  Function& function_;
  const DataLayout& layout_;
  const TargetLibraryInfo& library_;
  FunctionAccesses found_;
};

}  // namespace

FunctionAccesses collect(Function& function, const TargetLibraryInfo& library) {
  return Collector(function, library).run();
}

}  // namespace snag
