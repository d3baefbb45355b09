#include "interceptors/real_function.h"

#include "message.h"
#include "platform/linux/symbols.h"
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
  void* found = platform::nextSymbol(name, version);
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
