// The constructor that announces an instrumented module to the runtime before any constructor of the user's runs.
#ifndef SNAG_INSTRUMENT_MODULE_CONSTRUCTOR_H
#define SNAG_INSTRUMENT_MODULE_CONSTRUCTOR_H

namespace llvm {
class Module;
}

namespace snag {

class HookTable;

void addModuleConstructor(llvm::Module& module, const HookTable& hooks);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_MODULE_CONSTRUCTOR_H
