#include "interceptors/shared_mapping.h"

#include <sys/stat.h>

#include "platform/linux/x86_64/syscall.h"

namespace snag {

constinit SharedMappings sharedMappings;

bool fileRange(int descriptor, int64_t offset, size_t bytes, FileRange* out) {
  struct stat status;
  if (platform::isError(platform::systemCall(SYS_fstat, descriptor, &status))) return false;
  const auto start = static_cast<uint64_t>(offset);
  *out = {status.st_dev, status.st_ino, start, start + bytes};
  return true;
}

void SharedMappings::add(uintptr_t address, const FileRange& range) {
  isUsed_.store(true, std::memory_order_relaxed);
  SpinGuard guard(lock_);
  for (Mapping& mapping : mappings_) {
    if (mapping.address != 0) continue;
    mapping = {address, range};
    return;
  }
}

void SharedMappings::remove(uintptr_t address, size_t bytes) {
  if (!isUsed_.load(std::memory_order_relaxed)) return;
  SpinGuard guard(lock_);
  for (Mapping& mapping : mappings_) {
    const uintptr_t end = mapping.address + (mapping.range.end - mapping.range.start);
    if (mapping.address != 0 && mapping.address < address + bytes && address < end) mapping.address = 0;
  }
}

}  // namespace snag
