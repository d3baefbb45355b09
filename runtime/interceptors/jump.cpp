// longjmp out of a signal handler ends the handler.
#include <setjmp.h>

#include "interceptors/handler_frame.h"
#include "interceptors/real_function.h"

using namespace snag;

extern "C" {
[[noreturn]] void __longjmp_chk(__jmp_buf_tag* target, int value) noexcept;
}

namespace {

using Jump = void(__jmp_buf_tag*, int);
#define SNAG_JUMP(name)                                                               \
  [[gnu::section("snag_real"), gnu::used]] constinit RealFunction<Jump> real_##name { \
    {                                                                                 \
      #name, nullptr, nullptr                                                         \
    }                                                                                 \
  }
SNAG_JUMP(longjmp);
SNAG_JUMP(_longjmp);
SNAG_JUMP(siglongjmp);
SNAG_JUMP(__longjmp_chk);

// glibc stores the stack pointer xored with the thread's pointer guard, then rotated.
uintptr_t stackPointerOf(const __jmp_buf_tag* target) {
  constexpr int kStackPointer = 6;
  uintptr_t guard;
  asm("movq %%fs:0x30, %0" : "=r"(guard));
  const auto stored = static_cast<uintptr_t>(target->__jmpbuf[kStackPointer]);
  return (stored >> 17 | stored << (64 - 17)) ^ guard;
}

void noteJump(const __jmp_buf_tag* target) {
  if (threadLocals.handler != nullptr) leaveHandlersByJump(stackPointerOf(target));
}

}  // namespace

SNAG_INTERCEPTOR void longjmp(__jmp_buf_tag* target, int value) noexcept {
  noteJump(target);
  real_longjmp(target, value);
  __builtin_unreachable();
}

SNAG_INTERCEPTOR void _longjmp(__jmp_buf_tag* target, int value) noexcept {
  noteJump(target);
  real__longjmp(target, value);
  __builtin_unreachable();
}

SNAG_INTERCEPTOR void siglongjmp(__jmp_buf_tag* target, int value) noexcept {
  noteJump(target);
  real_siglongjmp(target, value);
  __builtin_unreachable();
}

SNAG_INTERCEPTOR void __longjmp_chk(__jmp_buf_tag* target, int value) noexcept {
  noteJump(target);
  real___longjmp_chk(target, value);
  __builtin_unreachable();
}
