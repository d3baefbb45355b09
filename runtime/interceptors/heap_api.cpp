// ThreadSanitizer's question about a heap block, for debuggers and for programs that ask it in __tsan_on_report.
#include "interceptors/heap.h"
#include "runtime.h"

// The stack that allocated the block at `address`, innermost first; returns how many addresses were written, 0 if it is
// in no block that is known.
extern "C" __attribute__((visibility("default"))) int __tsan_get_alloc_stack(uintptr_t address, uintptr_t* trace,
                                                                             uintptr_t size, int* threadId,
                                                                             uint64_t* osId) {
  snag::HeapBlock block;
  if (!snag::runtimeIsActive() || !snag::findHeapBlock(address, &block)) return 0;
  const auto* thread = snag::detector().threadRecord(block.thread);
  *threadId = static_cast<int>(block.thread);
  *osId = thread != nullptr ? thread->osId : 0;
  if (block.allocation == snag::kNoContext) return 0;
  const auto context = snag::detector().context(block.allocation);
  const uintptr_t count = context.frameCount < size ? context.frameCount : size;
  for (uintptr_t i = 0; i < count; ++i) trace[i] = context.frames[i];
  return static_cast<int>(count);
}
