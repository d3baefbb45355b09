#include "interceptors/quiet_modules.h"

#include <link.h>
#include <stddef.h>
#include <string.h>

#include "platform/linux/symbols.h"

namespace snag {

constinit CodeRange openMpCode;

namespace {

// Written at start-up only.
struct Ranges {
  static constexpr size_t kMax = 32;
  CodeRange ranges[kMax];
  size_t count = 0;
  CodeRange hull;  // of all

  void add(CodeRange range) {
    if (count == kMax) return;
    ranges[count++] = range;
    if (hull.end == 0) hull = range;
    if (range.start < hull.start) hull.start = range.start;
    if (range.end > hull.end) hull.end = range.end;
  }
  bool contains(uintptr_t address) const {
    if (!hull.contains(address)) return false;
    for (size_t i = 0; i < count; ++i)
      if (ranges[i].contains(address)) return true;
    return false;
  }
};
constinit Ranges libc, systemLibraries, modelledLibraries;

constexpr const char* kOpenMp[] = {"libomp.so.", nullptr};

const char* baseName(const char* path) {
  const char* slash = strrchr(path, '/');
  return slash != nullptr ? slash + 1 : path;
}

bool startsWithAny(const char* name, const char* const* prefixes) {
  for (; *prefixes != nullptr; ++prefixes)
    if (strncmp(name, *prefixes, strlen(*prefixes)) == 0) return true;
  return false;
}

CodeRange codeOf(const dl_phdr_info& module) {
  CodeRange range;
  for (size_t i = 0; i < module.dlpi_phnum; ++i) {
    const auto& segment = module.dlpi_phdr[i];
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_X) == 0) continue;
    range.start = module.dlpi_addr + segment.p_vaddr;
    range.end = range.start + segment.p_memsz;
  }
  return range;
}

// In a static program, libc's code comes behind everything else, and this is where it begins: the file with this
// function is first in libc.a, and no program does without it.
CodeRange linkedLibcIn(const dl_phdr_info& module) {
  const CodeRange code = codeOf(module);
  const auto start = reinterpret_cast<uintptr_t>(platform::anySymbol("__libc_start_main"));
  return code.contains(start) ? CodeRange{start, code.end} : CodeRange{};
}

int lookAtModule(dl_phdr_info* module, size_t, void*) {
  static constexpr const char* kLibc[] = {"libc.so.",   "ld-linux",    "libpthread.so.",
                                          "libomp.so.", "libgomp.so.", nullptr};
  // Libraries that count references to what they free, or lock what they own, where nobody can see it.
  static constexpr const char* kModelled[] = {
      "libglib-2.0.so.",  "libgobject-2.0.so.", "libgio-2.0.so.", "libQt5Core.so.", "libQt6Core.so.", "libtbb.so.",
      "libtbbmalloc.so.", "libuv.so.",          "libcrypto.so.",  "libssl.so.",     nullptr};
  static constexpr const char* kCxx[] = {"libstdc++.so.", "libc++.so.", "libc++abi.so.", "libgcc_s.so.", nullptr};
  const char* name = baseName(module->dlpi_name);
  if (*name == 0) {
    const CodeRange linked = linkedLibcIn(*module);
    if (linked.end != 0) libc.add(linked), systemLibraries.add(linked);
    return 0;
  }
  const bool isLibc = startsWithAny(name, kLibc);
  if (isLibc) libc.add(codeOf(*module));
  if (startsWithAny(name, kOpenMp)) openMpCode = codeOf(*module);
  if (isLibc || startsWithAny(name, kCxx) || startsWithAny(name, kModelled)) systemLibraries.add(codeOf(*module));
  if (startsWithAny(name, kModelled)) modelledLibraries.add(codeOf(*module));
  return 0;
}

}  // namespace

void findQuietModules() { dl_iterate_phdr(lookAtModule, nullptr); }
bool isInLibc(uintptr_t pc) { return libc.contains(pc); }
bool isInSystemLibrary(uintptr_t pc) { return systemLibraries.contains(pc); }
bool isInModelledLibrary(uintptr_t pc) { return modelledLibraries.contains(pc); }

}  // namespace snag
