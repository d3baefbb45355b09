#include "insert/call_context.h"

#include "insert/hook_table.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace snag {

CallContext::CallContext(Function& function, const HookTable& hooks) : function_(function), hooks_(hooks) {
  Instruction* entry = &*function.getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
  Builder builder(entry);
  if (DISubprogram* subprogram = function.getSubprogram())
    builder.SetCurrentDebugLocation(DILocation::get(function.getContext(), 0, 0, subprogram));
  entry_ = ours(builder.CreateLoad(builder.getInt64Ty(), hooks.threadField(HookTable::kContext), "snag.entry"));
  word_ = builder.CreateMul(entry_, builder.getInt64(3), "snag.context");
}

// Stable across builds of the same source, so that contexts can be compared between runs. 31 bits: an addition needs no
// register for the number.
uint32_t CallContext::siteNumber(unsigned index) const {
  std::string key =
      (function_.getParent()->getSourceFileName() + "\n" + function_.getName() + "\n" + Twine(index)).str();
  return static_cast<uint32_t>(xxh3_64bits(key)) >> 1;
}

void CallContext::storeBeforeCalls(const std::vector<CallBase*>& calls) const {
  unsigned index = 0;
  for (CallBase* call : calls) {
    Builder builder(call);
    // Recursion must not make new contexts without end: the word stays as it is.
    bool isRecursion = call->getCalledFunction() == &function_;
    Value* word = isRecursion ? entry_ : builder.CreateAdd(word_, builder.getInt64(siteNumber(index)));
    ++index;
    ours(builder.CreateStore(word, hooks_.threadField(HookTable::kContext)));
  }
}

}  // namespace snag
