// The environment as it was when the process started. `environ` itself may be changed by another thread at any moment,
// and libc frees what it replaces. For this folder only.
#ifndef SNAG_PLATFORM_LINUX_START_ENVIRONMENT_H
#define SNAG_PLATFORM_LINUX_START_ENVIRONMENT_H

#include <stddef.h>

namespace snag::platform {

class StartEnvironment {
 public:
  StartEnvironment();  // empty if the kernel does not tell
  ~StartEnvironment();
  StartEnvironment(const StartEnvironment&) = delete;
  StartEnvironment& operator=(const StartEnvironment&) = delete;

  // Null if unset.
  const char* find(const char* name) const;

  // Strings in the form NAME=value, ended by null, without the variables named in the null-ended list. Valid while this
  // object lives; to be called once.
  char** without(const char* const* names);

 private:
  static constexpr size_t kTextBytes = 1 << 20;
  static constexpr size_t kMaxVariables = 16384;

  char* text_;  // NUL-terminated strings
  size_t bytes_ = 0;
  char** pointers_;  // for without()
};

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_LINUX_START_ENVIRONMENT_H
