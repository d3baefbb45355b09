// Brackets atomic operations with __snag_atomic_enter and __snag_atomic_leave, replaces loads by hooks that do them,
// and announces fences.
#ifndef SNAG_INSTRUMENT_ATOMIC_INSERTER_H
#define SNAG_INSTRUMENT_ATOMIC_INSERTER_H

#include "access.h"

namespace snag {

class CallContext;
class HookTable;
class SiteTable;

// Nothing else may later be inserted between the two calls: the runtime may hold the location's lock there. Replaced
// loads are gone afterwards.
void insertAtomics(llvm::ArrayRef<AtomicAccess> atomics, const HookTable& hooks, const CallContext& context,
                   SiteTable& sites);
void insertFence(const Fence& fence, const HookTable& hooks);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ATOMIC_INSERTER_H
