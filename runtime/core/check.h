// Assertions of the runtime: on in every build, cheap enough, and ended through the platform rather than libc.
#ifndef SNAG_CORE_CHECK_H
#define SNAG_CORE_CHECK_H

#include "platform/platform.h"

#define SNAG_LIKELY(x) __builtin_expect(!!(x), 1)
#define SNAG_UNLIKELY(x) __builtin_expect(!!(x), 0)

// For the few functions that every access goes through: a compiler would rather share them.
#define SNAG_ALWAYS_INLINE inline __attribute__((always_inline))

// For what they rarely come to: not inline, and keeps all general registers, so that who may call it has none to save.
#define SNAG_RARE __attribute__((noinline, preserve_most))

#define SNAG_STRINGIZE_(x) #x
#define SNAG_STRINGIZE(x) SNAG_STRINGIZE_(x)

// A broken invariant of Snag itself, never of the program under test.
#define SNAG_CHECK(condition)                                                              \
  do {                                                                                     \
    if (SNAG_UNLIKELY(!(condition)))                                                       \
      ::snag::platform::fatal(__FILE_NAME__ ":" SNAG_STRINGIZE(__LINE__) ": " #condition); \
  } while (false)

#endif  // SNAG_CORE_CHECK_H
