// For programs linked with -static or -static-pie.
#include "platform/linux/static/linked_functions.h"
#include "platform/linux/symbols.h"

namespace snag::platform {

// A static program has one version of each function.
void* nextSymbol(const char* name, const char*) { return linkedFunction(name); }
void* anySymbol(const char* name) { return linkedFunction(name); }

bool areInOneLibrary(const void* function, const void* other) { return function != nullptr && other != nullptr; }

}  // namespace snag::platform
