#include "runtime.h"

void __snag_module_begin(const SnagModule* module) { snag::registerModule(*module); }

// Every hook of the table exists: a hook that was added without a definition fails the link of the first program.
extern "C" {
[[gnu::used]] const void* const snagAllHooks[] = {
#define SNAG_HOOK(name, signature, meaning) reinterpret_cast<const void*>(&__snag_##name),
#include "snag/hooks.def"
};
}
