// Which executable or library an address belongs to, as the dynamic linker knows it (in static programs: the one
// module).
#include <elf.h>
#include <link.h>

#include "platform/process.h"

namespace snag::platform {

namespace {

struct Search {
  uintptr_t address;
  ModuleInfo* out;
};

bool contains(const dl_phdr_info& module, const ElfW(Phdr) & segment, uintptr_t address) {
  const uintptr_t start = module.dlpi_addr + segment.p_vaddr;
  return start <= address && address < start + segment.p_memsz;
}

const ElfW(Phdr) * segmentAt(const dl_phdr_info& module, uintptr_t address) {
  for (size_t i = 0; i < module.dlpi_phnum; ++i)
    if (module.dlpi_phdr[i].p_type == PT_LOAD && contains(module, module.dlpi_phdr[i], address))
      return &module.dlpi_phdr[i];
  return nullptr;
}

void readExtent(const dl_phdr_info& module, ModuleInfo& out) {
  out.start = UINTPTR_MAX;
  out.end = 0;
  for (size_t i = 0; i < module.dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = module.dlpi_phdr[i];
    if (segment.p_type != PT_LOAD) continue;
    const uintptr_t start = module.dlpi_addr + segment.p_vaddr;
    if (start < out.start) out.start = start;
    if (start + segment.p_memsz > out.end) out.end = start + segment.p_memsz;
  }
}

size_t alignedTo(size_t value, size_t alignment) { return (value + alignment - 1) & ~(alignment - 1); }

// Walks the notes of one segment. Each is a header, a name and a description, padded to the segment's alignment.
bool readBuildId(const uint8_t* notes, size_t bytes, size_t alignment, ModuleInfo& out) {
  size_t at = 0;
  while (at + sizeof(ElfW(Nhdr)) <= bytes) {
    ElfW(Nhdr) note;
    __builtin_memcpy(&note, notes + at, sizeof(note));
    const size_t name = at + sizeof(note);
    const size_t description = alignedTo(name + note.n_namesz, alignment);
    if (description + note.n_descsz > bytes) return false;
    const bool isGnu = note.n_namesz == 4 && __builtin_memcmp(notes + name, "GNU", 4) == 0;
    if (isGnu && note.n_type == NT_GNU_BUILD_ID && note.n_descsz <= ModuleInfo::kMaxBuildId) {
      __builtin_memcpy(out.buildId, notes + description, note.n_descsz);
      out.buildIdBytes = note.n_descsz;
      return true;
    }
    at = alignedTo(description + note.n_descsz, alignment);
  }
  return false;
}

void readBuildId(const dl_phdr_info& module, ModuleInfo& out) {
  out.buildIdBytes = 0;
  for (size_t i = 0; i < module.dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = module.dlpi_phdr[i];
    const auto* notes = reinterpret_cast<const uint8_t*>(module.dlpi_addr + segment.p_vaddr);
    if (segment.p_type == PT_NOTE && readBuildId(notes, segment.p_memsz, segment.p_align == 8 ? 8 : 4, out)) return;
  }
}

// The main program has no name of its own in the linker's list.
void readPath(const dl_phdr_info& module, ModuleInfo& out) {
  if (module.dlpi_name == nullptr || module.dlpi_name[0] == 0) {
    executablePath(out.path, sizeof(out.path));
    return;
  }
  size_t length = __builtin_strlen(module.dlpi_name);
  if (length >= sizeof(out.path)) length = sizeof(out.path) - 1;
  __builtin_memcpy(out.path, module.dlpi_name, length);
  out.path[length] = 0;
}

int visit(dl_phdr_info* module, size_t, void* argument) {
  const Search& search = *static_cast<Search*>(argument);
  const ElfW(Phdr)* segment = segmentAt(*module, search.address);
  if (segment == nullptr) return 0;
  ModuleInfo& out = *search.out;
  out.bias = module->dlpi_addr;
  out.inCode = (segment->p_flags & PF_X) != 0;
  out.inData = (segment->p_flags & PF_W) != 0;
  readExtent(*module, out);
  readBuildId(*module, out);
  readPath(*module, out);
  return 1;
}

}  // namespace

bool findModule(uintptr_t address, ModuleInfo* out) {
  Search search{address, out};
  return dl_iterate_phdr(visit, &search) != 0;
}

}  // namespace snag::platform
