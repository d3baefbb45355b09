// Libraries come and go: what was remembered about the addresses of one that is unloaded goes with it. What reports may
// still need of it, the table of its sites, is put back where it was.
#include <dlfcn.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>

#include "interceptors/program_code.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"
#include "platform/linux/x86_64/syscall.h"
#include "platform/process.h"

using namespace snag;

namespace {

SNAG_REAL(dlclose);

constexpr uintptr_t kPage = 4096;

// A part of the library that is neither code nor writable, copied while it is there.
struct ReadOnlyPart {
  uintptr_t start = 0;  // page-aligned
  size_t bytes = 0;
  void* copy = nullptr;
};

struct ReadOnlyParts {
  static constexpr size_t kMost = 8;
  uintptr_t inside;  // an address in the library
  ReadOnlyPart parts[kMost];
  size_t count = 0;
};

bool contains(const dl_phdr_info& module, uintptr_t address) {
  for (size_t i = 0; i < module.dlpi_phnum; ++i) {
    const auto& segment = module.dlpi_phdr[i];
    if (segment.p_type == PT_LOAD && address - (module.dlpi_addr + segment.p_vaddr) < segment.p_memsz) return true;
  }
  return false;
}

int copyReadOnly(dl_phdr_info* module, size_t, void* argument) {
  auto& found = *static_cast<ReadOnlyParts*>(argument);
  if (!contains(*module, found.inside)) return 0;
  for (size_t i = 0; i < module->dlpi_phnum && found.count < ReadOnlyParts::kMost; ++i) {
    const auto& segment = module->dlpi_phdr[i];
    if (segment.p_type != PT_LOAD || (segment.p_flags & (PF_W | PF_X)) != 0) continue;
    ReadOnlyPart& part = found.parts[found.count++];
    part.start = (module->dlpi_addr + segment.p_vaddr) & ~(kPage - 1);
    part.bytes = module->dlpi_addr + segment.p_vaddr + segment.p_memsz - part.start;
    part.copy = platform::reserve(part.bytes, kPage);
    memcpy(part.copy, reinterpret_cast<const void*>(part.start), part.bytes);
  }
  return 1;
}

// If somebody else has the addresses by now, it is too late.
void putBack(const ReadOnlyPart& part) {
  const long mapped =
      platform::systemCall(SYS_mmap, static_cast<long>(part.start), static_cast<long>(part.bytes),
                           PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (static_cast<uintptr_t>(mapped) != part.start) return;
  memcpy(reinterpret_cast<void*>(part.start), part.copy, part.bytes);
  platform::systemCall(SYS_mprotect, static_cast<long>(part.start), static_cast<long>(part.bytes), PROT_READ);
}

}  // namespace

SNAG_INTERCEPTOR int dlclose(void* handle) noexcept {
  platform::ModuleInfo module;
  link_map* map = nullptr;
  const bool isKnown = runtimeIsActive() && handle != nullptr && dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0 &&
                       platform::findModule(reinterpret_cast<uintptr_t>(map->l_ld), &module);
  if (!isKnown) return real_dlclose(handle);

  ReadOnlyParts kept{module.start, {}, 0};
  if (isProgramCode(module.start)) dl_iterate_phdr(copyReadOnly, &kept);
  const int error = real_dlclose(handle);
  platform::ModuleInfo after;
  if (error == 0 && !platform::findModule(module.start, &after)) {
    for (size_t i = 0; i < kept.count; ++i) putBack(kept.parts[i]);
    forgetProgramModule(module.start);
    if (RuntimeScope scope; scope) detector().forgetRange(module.start, module.end - module.start);
  }
  for (size_t i = 0; i < kept.count; ++i) platform::release(kept.parts[i].copy, kept.parts[i].bytes);
  return error;
}
