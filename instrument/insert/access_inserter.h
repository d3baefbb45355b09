// The third verb for plain accesses: the inline same-epoch test with its cold call, or the call alone.
#ifndef SNAG_INSTRUMENT_ACCESS_INSERTER_H
#define SNAG_INSTRUMENT_ACCESS_INSERTER_H

#include "access.h"

#include "llvm/IR/IRBuilder.h"

namespace snag {

class CallContext;
class HookTable;
class SiteTable;

// The shadow words of an access: one, or one for each 8 bytes of a vector.
using ShadowWords = llvm::SmallVector<llvm::Value*, 4>;

class AccessInserter {
 public:
  AccessInserter(const HookTable& hooks, const CallContext& context, SiteTable& sites)
      : hooks_(hooks), context_(context), sites_(sites) {}

  void insert(const Access& access);
  void insert(const AccessGroup& group);

 private:
  llvm::Value* siteOf(const Access& access);
  void fixed(const Access& access, llvm::Value* site);
  void range(const Access& access, llvm::Value* size, llvm::Value* site);
  void packed(const Access& access, llvm::Value* site);
  void lanes(const Access& access, llvm::Value* site);
  void inlineCheck(const Access& access, llvm::Value* site);
  llvm::Instruction* unlessShared(const Access& access, const ShadowWords& words, llvm::ArrayRef<llvm::Value*> bits,
                                  llvm::Instruction* slow);

  const HookTable& hooks_;
  const CallContext& context_;
  SiteTable& sites_;
};

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ACCESS_INSERTER_H
