// System calls without libc: no errno, no cancellation, nothing that a program could have replaced.
#ifndef SNAG_PLATFORM_LINUX_X86_64_SYSCALL_H
#define SNAG_PLATFORM_LINUX_X86_64_SYSCALL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

namespace snag::platform {

// What the kernel returned: a result, or an error number negated.
inline long rawSystemCall(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0, long f = 0) {
  long result;
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
}

inline long asArgument(long value) { return value; }
inline long asArgument(const void* value) { return reinterpret_cast<long>(value); }

template <typename... Arguments>
inline long systemCall(long number, Arguments... arguments) {
  return rawSystemCall(number, asArgument(arguments)...);
}

// Kernel results of this range are errors.
inline bool isError(long result) { return result < 0 && result > -4096; }

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_LINUX_X86_64_SYSCALL_H
