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
  word_ = ours(builder.CreateLoad(builder.getInt64Ty(), hooks.threadField(HookTable::kContext), "snag.context"));
}

// Stable across builds of the same source, so that contexts can be compared between runs.
uint32_t CallContext::siteNumber(unsigned index) const {
  std::string key =
      (function_.getParent()->getSourceFileName() + "\n" + function_.getName() + "\n" + Twine(index)).str();
  return static_cast<uint32_t>(xxh3_64bits(key));
}

void CallContext::storeBeforeCalls(const std::vector<CallBase*>& calls) const {
  unsigned index = 0;
  for (CallBase* call : calls) {
    Builder builder(call);
    Value* word = word_;
    // Recursion must not make new contexts without end: the word stays as it is.
    if (call->getCalledFunction() != &function_)
      word = builder.CreateAdd(builder.CreateMul(word_, builder.getInt64(3)), builder.getInt64(siteNumber(index)));
    ++index;
    ours(builder.CreateStore(word, hooks_.threadField(HookTable::kContext)));
  }
}

}  // namespace snag
