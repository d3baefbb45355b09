// The system's own libraries. They synchronise in ways that nobody can see (locks inside libc, reference counts inside
// libstdc++), so some of what they do must not be judged.
#ifndef SNAG_INTERCEPTORS_QUIET_MODULES_H
#define SNAG_INTERCEPTORS_QUIET_MODULES_H

#include <stdint.h>

namespace snag {

struct CodeRange {
  uintptr_t start = 0, end = 0;
  bool contains(uintptr_t address) const { return start <= address && address < end; }
};
// Written at start-up only.
extern constinit CodeRange openMpCode;

// At start-up: looks at the libraries that are loaded now.
void findQuietModules();

// The code address is in libc or the dynamic linker.
bool isInLibc(uintptr_t pc);
// The code address is in libc, the dynamic linker, a C++ runtime library or a library that is modelled.
bool isInSystemLibrary(uintptr_t pc);
// The code address is in LLVM's OpenMP runtime. What its own locks order is none of OpenMP's promises, which its tool
// interface tells.
inline bool isInOpenMp(uintptr_t pc) { return __builtin_expect(openMpCode.contains(pc), 0); }
// The code address is in a library of which Snag only knows the entry points (libraries/).
bool isInModelledLibrary(uintptr_t pc);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_QUIET_MODULES_H
