#include "insert/hook_table.h"

#include "snag/hooks.h"

#include "llvm/IR/DebugInfoMetadata.h"

using namespace llvm;

namespace snag {
namespace {

enum class Signature { Access, Range, Lane, AtomicLoad, AtomicEnter, AtomicLeave, Fence, Module };

struct HookDescription {
  const char* symbol;
  Signature signature;
};

constexpr HookDescription kHooks[] = {
#define SNAG_HOOK(name, signature, meaning) {"__snag_" #name, Signature::signature},
#include "snag/hooks.def"
};

// The LLVM counterpart of the SNAG_SIGNATURE_* macros in hooks.h.
FunctionType* typeOf(Signature signature, LLVMContext& context) {
  Type *none = Type::getVoidTy(context), *pointer = PointerType::get(context, 0);
  Type *i32 = Type::getInt32Ty(context), *i64 = Type::getInt64Ty(context);
  switch (signature) {
    case Signature::Access: return FunctionType::get(none, {pointer, pointer, i64}, false);
    case Signature::Range: return FunctionType::get(none, {pointer, i64, pointer, i64}, false);
    case Signature::Lane: return FunctionType::get(none, {pointer, i64, i32, pointer, i64}, false);
    case Signature::AtomicLoad: return FunctionType::get(i64, {pointer, i32, pointer, i64}, false);
    case Signature::AtomicEnter: return FunctionType::get(none, {pointer, i64, pointer, i64}, false);
    case Signature::AtomicLeave: return FunctionType::get(none, {pointer, i64}, false);
    case Signature::Fence: return FunctionType::get(none, {i32}, false);
    case Signature::Module: return FunctionType::get(none, {pointer}, false);
  }
  llvm_unreachable("every signature of hooks.h is listed");
}

bool preservesRegisters(Signature signature) {
  switch (signature) {
    case Signature::Access:
    case Signature::Range:
    case Signature::Lane:
    case Signature::AtomicLoad:
    case Signature::AtomicEnter:
    case Signature::AtomicLeave: return true;
    case Signature::Fence:
    case Signature::Module: return false;
  }
  llvm_unreachable("every signature of hooks.h is listed");
}

}  // namespace

Function* HookTable::declare(Hook hook) const {
  const HookDescription& description = kHooks[static_cast<unsigned>(hook)];
  FunctionType* type = typeOf(description.signature, module_.getContext());
  auto* function = cast<Function>(module_.getOrInsertFunction(description.symbol, type).getCallee());
  if (preservesRegisters(description.signature)) function->setCallingConv(CallingConv::PreserveMost);
  function->setDoesNotThrow();
  return function;
}

CallInst* HookTable::call(IRBuilder<>& builder, Hook hook, ArrayRef<Value*> arguments) const {
  Function* function = declare(hook);
  CallInst* call = ours(builder.CreateCall(function, arguments));
  call->setCallingConv(function->getCallingConv());
  call->setDoesNotThrow();
  call->setTailCallKind(CallInst::TCK_NoTail);  // a later optimizer (LTO) must not drop the caller's frame either
  return call;
}

Hook HookTable::accessHook(uint64_t size, bool isWrite) {
  switch (size) {
    case 1: return isWrite ? Hook::write1 : Hook::read1;
    case 2: return isWrite ? Hook::write2 : Hook::read2;
    case 4: return isWrite ? Hook::write4 : Hook::read4;
    case 8: return isWrite ? Hook::write8 : Hook::read8;
    case 16: return isWrite ? Hook::write16 : Hook::read16;
    case 32: return isWrite ? Hook::write32 : Hook::read32;
    case 64: return isWrite ? Hook::write64 : Hook::read64;
  }
  llvm_unreachable("ask hasAccessHook first");
}

Hook HookTable::checkHook(uint64_t size, bool isWrite) {
  switch (size) {
    case 1: return isWrite ? Hook::check_write1 : Hook::check_read1;
    case 2: return isWrite ? Hook::check_write2 : Hook::check_read2;
    case 4: return isWrite ? Hook::check_write4 : Hook::check_read4;
    case 8: return isWrite ? Hook::check_write8 : Hook::check_read8;
    case 16: return isWrite ? Hook::check_write16 : Hook::check_read16;
  }
  llvm_unreachable("ask hasCheckHook first");
}

Hook HookTable::atomicLoadHook(uint64_t size) {
  switch (size) {
    case 1: return Hook::atomic_load1;
    case 2: return Hook::atomic_load2;
    case 4: return Hook::atomic_load4;
    case 8: return Hook::atomic_load8;
  }
  llvm_unreachable("ask hasAtomicLoadHook first");
}

Constant* HookTable::threadField(unsigned index) const {
  LLVMContext& context = module_.getContext();
  Type *i32 = Type::getInt32Ty(context), *i64 = Type::getInt64Ty(context);
  static_assert(offsetof(SnagThread, joinedHalves) == 16, "the struct below mirrors what is before them");
  auto* type = StructType::get(context, {i32, i32, i64});
  auto* thread = cast<GlobalVariable>(module_.getOrInsertGlobal("__snag_thread", type));
  thread->setThreadLocalMode(GlobalVariable::InitialExecTLSModel);
  if (index == 0) return thread;
  Constant* indices[] = {ConstantInt::get(i32, 0), ConstantInt::get(i32, index)};
  return ConstantExpr::getInBoundsGetElementPtr(type, thread, indices);
}

DebugLoc debugLocationFor(const Instruction& instruction) {
  if (DebugLoc location = instruction.getDebugLoc()) return location;
  if (DISubprogram* subprogram = instruction.getFunction()->getSubprogram())
    return DILocation::get(instruction.getContext(), 0, 0, subprogram);
  return {};
}

}  // namespace snag
