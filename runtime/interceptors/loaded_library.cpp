// Libraries come and go: what was remembered about the addresses of one that is unloaded goes with it.
#include <dlfcn.h>
#include <link.h>

#include "interceptors/program_code.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"
#include "platform/process.h"

using namespace snag;

namespace {

SNAG_REAL(dlclose);

}  // namespace

SNAG_INTERCEPTOR int dlclose(void* handle) noexcept {
  platform::ModuleInfo module;
  link_map* map = nullptr;
  const bool isKnown = runtimeIsActive() && handle != nullptr && dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0 &&
                       platform::findModule(reinterpret_cast<uintptr_t>(map->l_ld), &module);
  const int error = real_dlclose(handle);
  platform::ModuleInfo after;
  if (error != 0 || !isKnown || platform::findModule(module.start, &after)) return error;
  forgetProgramModule(module.start);
  if (RuntimeScope scope; scope) detector().forgetRange(module.start, module.end - module.start);
  return error;
}
