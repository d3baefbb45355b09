#include "platform/linux/start_environment.h"

#include <fcntl.h>

#include "platform/linux/x86_64/syscall.h"
#include "platform/platform.h"

namespace snag::platform {

namespace {

// Whether an entry NAME=value is for this name; the value begins behind the name then.
bool isFor(const char* entry, const char* name) {
  const size_t length = __builtin_strlen(name);
  for (size_t i = 0; i < length; ++i)
    if (entry[i] != name[i]) return false;
  return entry[length] == '=';
}

bool isForAny(const char* entry, const char* const* names) {
  for (; *names != nullptr; ++names)
    if (isFor(entry, *names)) return true;
  return false;
}

}  // namespace

StartEnvironment::StartEnvironment()
    : text_(static_cast<char*>(reserve(kTextBytes, 4096))),
      pointers_(static_cast<char**>(reserve(kMaxVariables * sizeof(char*), 4096))) {
  const long file = systemCall(SYS_openat, AT_FDCWD, "/proc/self/environ", O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  long got;
  while ((got = systemCall(SYS_read, file, text_ + bytes_, kTextBytes - 1 - bytes_)) > 0)
    bytes_ += static_cast<size_t>(got);
  systemCall(SYS_close, file);
}

StartEnvironment::~StartEnvironment() {
  release(text_, kTextBytes);
  release(pointers_, kMaxVariables * sizeof(char*));
}

const char* StartEnvironment::find(const char* name) const {
  for (size_t i = 0; i < bytes_; i += __builtin_strlen(text_ + i) + 1)
    if (isFor(text_ + i, name)) return text_ + i + __builtin_strlen(name) + 1;
  return nullptr;
}

char** StartEnvironment::without(const char* const* names) {
  size_t count = 0;
  for (size_t i = 0; i < bytes_ && count + 1 < kMaxVariables; i += __builtin_strlen(text_ + i) + 1)
    if (text_[i] != 0 && !isForAny(text_ + i, names)) pointers_[count++] = text_ + i;
  pointers_[count] = nullptr;
  return pointers_;
}

}  // namespace snag::platform
