// For programs linked with -static-libstdc++: the C++ library is in the program, the others are the dynamic linker's.
#include <dlfcn.h>

#include "platform/linux/static/linked_functions.h"
#include "platform/linux/symbols.h"

namespace snag::platform {

void* nextSymbol(const char* name, const char* version) {
  if (void* linked = linkedFunction(name)) return linked;
  void* found = version != nullptr ? dlvsym(RTLD_NEXT, name, version) : nullptr;
  return found != nullptr ? found : dlsym(RTLD_NEXT, name);
}

void* anySymbol(const char* name) { return dlsym(RTLD_DEFAULT, name); }

// Asked about functions of the C++ library only.
bool areInOneLibrary(const void* function, const void* other) { return function != nullptr && other != nullptr; }

}  // namespace snag::platform
