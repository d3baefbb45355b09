#include <dlfcn.h>

#include "platform/linux/symbols.h"

namespace snag::platform {

void* nextSymbol(const char* name, const char* version) {
  void* found = version != nullptr ? dlvsym(RTLD_NEXT, name, version) : nullptr;
  return found != nullptr ? found : dlsym(RTLD_NEXT, name);
}

void* anySymbol(const char* name) { return dlsym(RTLD_DEFAULT, name); }

bool areInOneLibrary(const void* function, const void* other) {
  Dl_info info, otherInfo;
  return function != nullptr && other != nullptr && dladdr(function, &info) != 0 && dladdr(other, &otherInfo) != 0 &&
         info.dli_fbase == otherInfo.dli_fbase;
}

}  // namespace snag::platform
