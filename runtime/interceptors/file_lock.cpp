#include "interceptors/file_lock.h"

#include <fcntl.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interceptors/descriptor_use.h"
#include "interceptors/handler_frame.h"
#include "interceptors/io_channel.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"
#include "platform/linux/x86_64/syscall.h"

using namespace snag;

namespace {

SNAG_REAL(flock);
SNAG_REAL(lockf);
SNAG_REAL(lockf64);
using Control = int(int, int, unsigned long);
[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<Control> real_fcntl{{"fcntl", nullptr, nullptr}};
[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<Control> real_fcntl64{{"fcntl64", nullptr, nullptr}};

// Files share words: two files on one give more order than there is, never less.
constexpr size_t kFiles = 4096;
alignas(8) constinit char files[kFiles][8];
constinit std::atomic<bool> hasLocks{false};

// The word of the file behind the descriptor, however it was opened. Null if there is none.
const void* fileOf(int descriptor) {
  struct stat status;
  if (platform::isError(platform::systemCall(SYS_fstat, descriptor, &status))) return nullptr;
  const uint64_t mixed = (status.st_ino ^ status.st_dev << 32) * 0x9e37'79b9'7f4a'7c15;
  return files[mixed >> 52];
}

void noteFileLocked(int descriptor) {
  hasLocks.store(true, std::memory_order_relaxed);
  if (const void* file = fileOf(descriptor)) noteAcquire(file);
}

template <typename Real>
int lockOrUnlock(int descriptor, bool isUnlock, Real real) {
  if (isUnlock) noteFileUnlocking(descriptor);
  const int result = real();
  if (result >= 0 && !isUnlock) noteFileLocked(descriptor);
  return result;
}

// Downgrades let others in as well.
bool isLocking(int command) {
  return command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW;
}

int control(RealFunction<Control>& real, int descriptor, int command, unsigned long argument, const LibraryCall& call) {
  noteUse(descriptor, call);
  if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) {
    const int made = real(descriptor, command, argument);
    forgetDescriptor(made);
    return made;
  }
  if (!isLocking(command)) return real(descriptor, command, argument);
  const auto* lock = reinterpret_cast<const struct flock*>(argument);
  if (lock->l_type == F_RDLCK && hasLocks.load(std::memory_order_relaxed)) noteFileUnlocking(descriptor);
  return lockOrUnlock(descriptor, lock->l_type == F_UNLCK, [&] { return real(descriptor, command, argument); });
}

}  // namespace

bool snag::releasesFileLocks() { return hasLocks.load(std::memory_order_relaxed); }

void snag::noteFileUnlocking(int descriptor) {
  if (const void* file = fileOf(descriptor)) noteRelease(file);
}

SNAG_INTERCEPTOR int flock(int descriptor, int operation) noexcept {
  noteUse(descriptor, SNAG_LIBRARY_CALL);
  if ((operation & LOCK_SH) != 0 && releasesFileLocks()) noteFileUnlocking(descriptor);
  return lockOrUnlock(descriptor, (operation & LOCK_UN) != 0, [&] { return real_flock(descriptor, operation); });
}

SNAG_INTERCEPTOR int lockf(int descriptor, int command, off_t length) {
  return lockOrUnlock(descriptor, command == F_ULOCK, [&] { return real_lockf(descriptor, command, length); });
}

SNAG_INTERCEPTOR int lockf64(int descriptor, int command, off64_t length) {
  return lockOrUnlock(descriptor, command == F_ULOCK, [&] { return real_lockf64(descriptor, command, length); });
}

SNAG_INTERCEPTOR int fcntl(int descriptor, int command, ...) {
  va_list rest;
  va_start(rest, command);
  const unsigned long argument = va_arg(rest, unsigned long);
  va_end(rest);
  return control(real_fcntl, descriptor, command, argument, SNAG_LIBRARY_CALL);
}

SNAG_INTERCEPTOR int fcntl64(int descriptor, int command, ...) {
  va_list rest;
  va_start(rest, command);
  const unsigned long argument = va_arg(rest, unsigned long);
  va_end(rest);
  return control(real_fcntl64, descriptor, command, argument, SNAG_LIBRARY_CALL);
}
