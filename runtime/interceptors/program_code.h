// Which code was compiled with Snag. Only what such code asks of the C library is checked like an access of its own: a
// library without instrumentation may order its own work in ways that nobody sees.
#ifndef SNAG_INTERCEPTORS_PROGRAM_CODE_H
#define SNAG_INTERCEPTORS_PROGRAM_CODE_H

#include <stdint.h>

namespace snag {

// The module (executable or library) at this address has instrumented code.
void noteProgramModule(uintptr_t address);
// The library at this address is about to be unloaded.
void forgetProgramModule(uintptr_t address);

// The code address is in such a module.
bool isProgramCode(uintptr_t pc);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_PROGRAM_CODE_H
