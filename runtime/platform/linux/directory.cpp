#include "platform/linux/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/linux/x86_64/syscall.h"

namespace snag::platform {
namespace {

const char* describe(long error) {
  switch (-error) {
    case EACCES: return "permission denied";
    case ENOENT: return "its parent directory does not exist";
    case ENOTDIR: return "part of the path is not a directory";
    case EROFS: return "the file system is read-only";
    case ENOSPC: return "no space left on the device";
    case ENAMETOOLONG: return "the name is too long";
    case ELOOP: return "too many symbolic links";
    default: return "the system refuses it";
  }
}

}  // namespace

const char* prepareDirectory(const char* path) {
  const long made = systemCall(SYS_mkdir, path, 0777);
  if (isError(made) && made != -EEXIST) return describe(made);
  const long opened = systemCall(SYS_open, path, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
  if (opened == -ENOTDIR) return "there is a file of that name";
  if (!isError(opened)) systemCall(SYS_close, opened);
  const long allowed = systemCall(SYS_access, path, W_OK | X_OK);
  return isError(allowed) ? describe(allowed) : nullptr;
}

bool makeAbsolute(const char* path, char* out, size_t capacity) {
  size_t length = 0;
  if (path[0] != '/') {
    const long got = systemCall(SYS_getcwd, out, static_cast<long>(capacity));  // counts the NUL
    if (isError(got) || out[0] != '/') return false;
    length = static_cast<size_t>(got) - 1;
    if (length + 1 >= capacity) return false;
    out[length++] = '/';
  }
  const size_t bytes = strlen(path) + 1;
  if (length + bytes > capacity) return false;
  memcpy(out + length, path, bytes);
  return true;
}

}  // namespace snag::platform
