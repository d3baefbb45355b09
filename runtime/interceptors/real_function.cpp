#include "interceptors/real_function.h"

#include <dlfcn.h>

#include "message.h"
#include "platform/platform.h"

// The bounds of section snag_real, by the linker.
extern "C" {
extern snag::RealSymbol __start_snag_real[] __attribute__((visibility("hidden")));
extern snag::RealSymbol __stop_snag_real[] __attribute__((visibility("hidden")));
}

namespace snag {

static_assert(sizeof(RealFunction<void()>) == sizeof(RealSymbol), "section snag_real is an array of RealSymbol");

void* RealSymbol::find() {
  if (void* known = address.load(std::memory_order_acquire)) return known;
  void* found = version != nullptr ? dlvsym(RTLD_NEXT, name, version) : nullptr;
  if (found == nullptr) found = dlsym(RTLD_NEXT, name);
  address.store(found, std::memory_order_release);
  return found;
}

void* RealSymbol::require() {
  void* found = find();
  if (found == nullptr)
    platform::fatal((Message() << "the program calls " << name << ", but no library has it").text());
  return found;
}

void resolveRealFunctions() {
  for (RealSymbol* symbol = __start_snag_real; symbol < __stop_snag_real; ++symbol) symbol->find();
}

}  // namespace snag
