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

Value* leaveArgument(IRBuilder<>& builder, Value* size, uint32_t operation, Value* order) {
  Value* orderBits = builder.CreateAnd(builder.CreateZExtOrTrunc(order, builder.getInt64Ty()), 0xff);
  Value* sizeBits = builder.CreateShl(size, SNAG_LEAVE_SIZE);
  return builder.CreateOr(builder.CreateOr(sizeBits, uint64_t{operation} << SNAG_LEAVE_OPERATION), orderBits);
}

}  // namespace

void insertAtomic(const AtomicAccess& atomic, const HookTable& hooks, const CallContext& context, SiteTable& sites) {
  Builder builder(atomic.instruction);
  auto* constantSize = dyn_cast<ConstantInt>(atomic.size);
  SiteRequest request{*atomic.instruction, atomic.address, constantSize ? constantSize->getZExtValue() : 0,
                      atomic.kind};
  Value* size = builder.CreateZExtOrTrunc(atomic.size, builder.getInt64Ty());
  hooks.call(builder, Hook::atomic_enter, {atomic.address, size, sites.site(request), context.word()});

  builder.SetInsertPoint(atomic.instruction->getNextNode());
  builder.SetCurrentDebugLocation(debugLocationFor(*atomic.instruction));
  Value* what = leaveArgument(builder, size, atomic.operation, atomic.order);
  if (atomic.comparesAndExchanges) {
    Value* success = successOf(builder, atomic.instruction);
    what = builder.CreateSelect(success, what, leaveArgument(builder, size, SNAG_ATOMIC_LOAD, atomic.failureOrder));
  }
  hooks.call(builder, Hook::atomic_leave, {atomic.address, what});
}

void insertFence(const Fence& fence, const HookTable& hooks) {
  Builder builder(fence.instruction);
  hooks.call(builder, Hook::fence, {fence.order});
}

}  // namespace snag
