#include "insert/atomic_inserter.h"

#include "insert/call_context.h"
#include "insert/hook_table.h"
#include "insert/site_table.h"
#include "snag/hooks.h"

using namespace llvm;

namespace snag {
namespace {

// The success flag of a compare-exchange, an instruction or a library call.
Value* successOf(IRBuilder<>& builder, Instruction* exchange) {
  if (isa<AtomicCmpXchgInst>(exchange)) return builder.CreateExtractValue(exchange, 1);
  return builder.CreateIsNotNull(exchange);
}

// How hooks.h puts an operation into one number.
Value* describe(IRBuilder<>& builder, Value* size, uint32_t operation, Value* order) {
  Value* orderBits = builder.CreateAnd(builder.CreateZExtOrTrunc(order, builder.getInt64Ty()), 0xff);
  Value* sizeBits = builder.CreateShl(size, SNAG_LEAVE_SIZE);
  return builder.CreateOr(builder.CreateOr(sizeBits, uint64_t{operation} << SNAG_LEAVE_OPERATION), orderBits);
}

uint64_t constantSize(const AtomicAccess& atomic) {
  auto* size = dyn_cast<ConstantInt>(atomic.size);
  return size ? size->getZExtValue() : 0;
}

// A load that a hook can do, because any bits of its type fit into a number.
LoadInst* asSimpleLoad(const AtomicAccess& atomic) {
  auto* load = dyn_cast<LoadInst>(atomic.instruction);
  if (!load || load->isVolatile()) return nullptr;
  Type* type = load->getType();
  const DataLayout& layout = load->getModule()->getDataLayout();
  uint64_t size = constantSize(atomic);
  bool isUsual = HookTable::hasAtomicLoadHook(size) && layout.getTypeSizeInBits(type) == 8 * size &&
                 load->getAlign().value() >= size;
  bool isNumber = type->isIntegerTy() || type->isFloatingPointTy() ||
                  (type->isPointerTy() && !layout.isNonIntegralPointerType(type));
  return isUsual && isNumber ? load : nullptr;
}

// The load's value, from a hook in front of it.
Value* loadByHook(LoadInst& load, const AtomicAccess& atomic, const HookTable& hooks, Value* site, Value* context) {
  Builder builder(&load);
  Hook hook = HookTable::atomicLoadHook(constantSize(atomic));
  Value* bits = hooks.call(builder, hook, {atomic.address, atomic.order, site, context});
  bits = builder.CreateTrunc(bits, builder.getIntNTy(8 * constantSize(atomic)));
  Type* type = load.getType();
  return type->isPointerTy() ? builder.CreateIntToPtr(bits, type) : builder.CreateBitCast(bits, type);
}

void bracket(const AtomicAccess& atomic, const HookTable& hooks, Value* site, Value* context) {
  Builder builder(atomic.instruction);
  Value* size = builder.CreateZExtOrTrunc(atomic.size, builder.getInt64Ty());
  Value* what = describe(builder, size, atomic.operation, atomic.order);
  hooks.call(builder, Hook::atomic_enter, {atomic.address, what, site, context});

  builder.SetInsertPoint(atomic.instruction->getNextNode());
  builder.SetCurrentDebugLocation(debugLocationFor(*atomic.instruction));
  if (atomic.comparesAndExchanges) {
    Value* success = successOf(builder, atomic.instruction);
    what = builder.CreateSelect(success, what, describe(builder, size, SNAG_ATOMIC_LOAD, atomic.failureOrder));
  }
  hooks.call(builder, Hook::atomic_leave, {atomic.address, what});
}

}  // namespace

void insertAtomics(ArrayRef<AtomicAccess> atomics, const HookTable& hooks, const CallContext& context,
                   SiteTable& sites) {
  SmallVector<std::pair<LoadInst*, Value*>, 8> replaced;
  for (const AtomicAccess& atomic : atomics) {
    Value* site = sites.site({*atomic.instruction, atomic.address, constantSize(atomic), atomic.kind});
    if (LoadInst* load = asSimpleLoad(atomic))
      replaced.push_back({load, loadByHook(*load, atomic, hooks, site, context.word())});
    else
      bracket(atomic, hooks, site, context.word());
  }
  // Last: what is accessed through a loaded pointer takes its name from the load.
  for (auto [load, value] : replaced) {
    load->replaceAllUsesWith(value);
    if (isa<Instruction>(value)) value->takeName(load);
    load->eraseFromParent();
  }
}

void insertFence(const Fence& fence, const HookTable& hooks) {
  Builder builder(fence.instruction);
  hooks.call(builder, Hook::fence, {fence.order});
}

}  // namespace snag
