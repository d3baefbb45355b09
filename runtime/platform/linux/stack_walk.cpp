// platform.h, captureStack: a walk along frame pointers that believes nothing. Instrumented code keeps them; code of
// other modules may not, and then its caller is missing from the walk, so such stacks are unwound by their tables
// instead.
#include "platform/linux/stack_bounds.h"
#include "platform/linux/unwind.h"
#include "platform/linux/x86_64/syscall.h"
#include "platform/platform.h"

// The executable's code, by the linker.
extern "C" const char __executable_start[] __attribute__((weak, visibility("hidden")));
extern "C" const char etext[] __attribute__((weak, visibility("hidden")));

namespace snag::platform {

constinit thread_local StackBounds stackBounds;

namespace {

constexpr uintptr_t kPageBytes = 4096;
constexpr uintptr_t kUnknownStackLimit = 1 << 20;  // how far a walk may go on a stack that is not the thread's own

// A frame as the prologue "push rbp; mov rbp, rsp" leaves it.
struct Frame {
  uintptr_t caller;
  uintptr_t returnAddress;
};

bool isMapped(uintptr_t address) {
  unsigned char resident;
  return !isError(systemCall(SYS_mincore, static_cast<long>(address & ~(kPageBytes - 1)), 1, &resident));
}

// Decides whether a frame may be read.
class FrameGuard {
 public:
  explicit FrameGuard(uintptr_t innermost) {
    const StackBounds bounds = stackBounds;
    known_ = bounds.start <= innermost && innermost < bounds.end;
    end_ = known_ ? bounds.end : innermost + kUnknownStackLimit;
    checkedPage_ = innermost / kPageBytes;
  }

  // Frames of callers lie above those of their callees. Foreign code may have left anything in the register.
  bool allows(uintptr_t frame, uintptr_t previous) {
    if (frame <= previous || frame % sizeof(uintptr_t) != 0 || frame > end_ - sizeof(Frame)) return false;
    if (known_) return true;
    const uintptr_t page = (frame + sizeof(Frame) - 1) / kPageBytes;
    if (page == checkedPage_) return true;
    checkedPage_ = page;
    return isMapped(frame) && isMapped(frame + sizeof(Frame) - 1);
  }

 private:
  bool known_;
  uintptr_t end_;
  uintptr_t checkedPage_;
};

bool looksLikeCode(uintptr_t address) { return address >= kPageBytes && address < 0x8000'0000'0000; }

bool isInExecutable(uintptr_t pc) {
  return reinterpret_cast<uintptr_t>(__executable_start) <= pc && pc < reinterpret_cast<uintptr_t>(etext);
}

// Foreign code at the outer end (the start of a thread) hides nothing.
bool hidesCallers(const uintptr_t* frames, size_t count) {
  for (size_t i = 0; i + 1 < count; ++i)
    if (!isInExecutable(frames[i])) return true;
  return false;
}

size_t walkFramePointers(uintptr_t pc, uintptr_t frame, uintptr_t* out, size_t capacity) {
  size_t count = 0;
  out[count++] = pc;
  if (frame == 0) return count;
  FrameGuard guard(frame);
  while (count < capacity) {
    const uintptr_t caller = reinterpret_cast<const Frame*>(frame)->caller;
    if (!guard.allows(caller, frame)) break;
    const uintptr_t returnAddress = reinterpret_cast<const Frame*>(caller)->returnAddress;
    if (!looksLikeCode(returnAddress)) break;
    out[count++] = returnAddress;
    frame = caller;
  }
  return count;
}

}  // namespace

size_t captureStack(uintptr_t pc, uintptr_t frame, uintptr_t* out, size_t capacity) {
  if (capacity == 0) return 0;
  const size_t walked = walkFramePointers(pc, frame, out, capacity);
  if (!isInExecutable(pc) || hidesCallers(out, walked)) {
    if (const size_t unwound = unwindStack(pc, out, capacity)) return unwound;
  }
  return walked;
}

}  // namespace snag::platform
