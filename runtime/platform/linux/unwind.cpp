#include "platform/linux/unwind.h"

#include <unwind.h>

#include "platform/linux/symbols.h"

namespace snag::platform {
namespace {

using Backtrace = _Unwind_Reason_Code(_Unwind_Trace_Fn, void*);
Backtrace* backtrace = nullptr;  // written at start-up only

struct Trace {
  uintptr_t pc;
  uintptr_t* out;
  size_t capacity;
  size_t count;
};

// The first frames are our own.
_Unwind_Reason_Code addFrame(_Unwind_Context* context, void* argument) {
  Trace& trace = *static_cast<Trace*>(argument);
  const uintptr_t address = _Unwind_GetIP(context);
  if (address == 0 || trace.count == trace.capacity) return _URC_END_OF_STACK;
  if (trace.count != 0 || address == trace.pc) trace.out[trace.count++] = address;
  return _URC_NO_REASON;
}

}  // namespace

void findUnwinder() { backtrace = reinterpret_cast<Backtrace*>(anySymbol("_Unwind_Backtrace")); }

size_t unwindStack(uintptr_t pc, uintptr_t* out, size_t capacity) {
  if (backtrace == nullptr) return 0;
  Trace trace{pc, out, capacity, 0};
  backtrace(addFrame, &trace);
  return trace.count;
}

}  // namespace snag::platform
