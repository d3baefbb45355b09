// The third verb for plain accesses: the inline same-epoch test with its cold call, or the call alone.
#ifndef SNAG_INSTRUMENT_ACCESS_INSERTER_H
#define SNAG_INSTRUMENT_ACCESS_INSERTER_H

#include "access.h"

#include "llvm/IR/IRBuilder.h"

namespace snag {

class CallContext;
class HookTable;
class SiteTable;

class AccessInserter {
 public:
  AccessInserter(const HookTable& hooks, const CallContext& context, SiteTable& sites)
      : hooks_(hooks), context_(context), sites_(sites) {}

  void insert(const Access& access);

 private:
  void fixed(const Access& access, llvm::Value* site);
  void range(const Access& access, llvm::Value* size, llvm::Value* site);
  void packed(const Access& access, llvm::Value* site);
  void lanes(const Access& access, llvm::Value* site);
  void inlineCheck(const Access& access, llvm::Value* site);

  const HookTable& hooks_;
  const CallContext& context_;
  SiteTable& sites_;
};

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ACCESS_INSERTER_H
