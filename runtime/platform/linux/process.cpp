// What the kernel and the environment say about this process, and its files. Everything by raw system calls: libc's
// functions of these names may be intercepted, and errno is the program's.
#include "platform/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "platform/linux/descriptor.h"
#include "platform/linux/start_environment.h"
#include "platform/linux/x86_64/syscall.h"

namespace snag::platform {

namespace {

// Programs expect small numbers to be theirs, and select() cannot take large ones.
constexpr int kFirstDescriptors[] = {1000, 500, 200, 100};

bool identify(int descriptor, uint64_t (&identity)[2]) {
  struct stat status;
  if (systemCall(SYS_fstat, descriptor, &status) != 0) return false;
  identity[0] = status.st_dev;
  identity[1] = status.st_ino;
  return true;
}

bool isStillOurs(const Channel& channel) {
  uint64_t now[2];
  return channel.isOpen() && identify(channel.descriptor, now) && now[0] == channel.identity[0] &&
         now[1] == channel.identity[1];
}

// One write; sockets without SIGPIPE.
long writeSome(int descriptor, const void* data, size_t bytes) {
  const long sent = systemCall(SYS_sendto, descriptor, data, bytes, MSG_NOSIGNAL, nullptr, 0);
  return sent == -ENOTSOCK ? systemCall(SYS_write, descriptor, data, bytes) : sent;
}

bool writeEverything(int descriptor, const void* data, size_t bytes) {
  const char* next = static_cast<const char*>(data);
  while (bytes > 0) {
    const long written = writeSome(descriptor, next, bytes);
    if (written == -EINTR) continue;
    if (written == -EAGAIN) {  // the program made standard error non-blocking
      pollfd ready{descriptor, POLLOUT, 0};
      systemCall(SYS_poll, &ready, 1, 1000);
      continue;
    }
    if (written <= 0) return false;
    next += written;
    bytes -= static_cast<size_t>(written);
  }
  return true;
}

}  // namespace

int moveDescriptorUp(int descriptor) {
  for (int first : kFirstDescriptors) {
    const long moved = systemCall(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, first);
    if (moved < 0) continue;
    systemCall(SYS_close, descriptor);
    return static_cast<int>(moved);
  }
  return descriptor;
}

Channel channelOf(int descriptor) {
  Channel channel;
  if (descriptor < 0) return channel;
  channel.descriptor = moveDescriptorUp(descriptor);
  if (!identify(channel.descriptor, channel.identity)) closeChannel(channel);
  return channel;
}

uint32_t processId() { return static_cast<uint32_t>(systemCall(SYS_getpid)); }

bool executablePath(char* out, size_t capacity) {
  const long length = systemCall(SYS_readlink, "/proc/thread-self/exe", out, capacity - 1);
  out[length > 0 ? length : 0] = 0;
  return length > 0;
}

bool workingDirectory(char* out, size_t capacity) {
  const long length = systemCall(SYS_getcwd, out, capacity);  // the NUL counts
  if (length > 1 && out[0] == '/') return true;               // else "(unreachable)…"
  out[0] = 0;
  return false;
}

bool startEnvironment(const char* name, char* out, size_t capacity) {
  StartEnvironment environment;
  const char* value = environment.find(name);
  const size_t length = value != nullptr ? __builtin_strlen(value) : capacity;
  if (length >= capacity) {
    out[0] = 0;
    return false;
  }
  __builtin_memcpy(out, value, length + 1);
  return true;
}

bool copyMemory(uintptr_t address, void* out, size_t bytes) {
  const iovec to{out, bytes};
  const iovec from{reinterpret_cast<void*>(address), bytes};
  return systemCall(SYS_process_vm_readv, processId(), &to, 1, &from, 1, 0) == static_cast<long>(bytes);
}

Channel openFile(const char* path) {
  return channelOf(static_cast<int>(
      systemCall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666)));
}

void createDirectory(const char* path) { systemCall(SYS_mkdirat, AT_FDCWD, path, 0777); }

bool fileIsExecutable(const char* path) {
  struct stat status;
  return systemCall(SYS_stat, path, &status) == 0 && S_ISREG(status.st_mode) &&
         systemCall(SYS_faccessat, AT_FDCWD, path, X_OK) == 0;
}

bool writeAll(const Channel& channel, const void* data, size_t bytes) {
  return isStillOurs(channel) && writeEverything(channel.descriptor, data, bytes);
}

void endWriting(const Channel& channel) {
  if (isStillOurs(channel)) systemCall(SYS_shutdown, channel.descriptor, SHUT_WR);
}

bool readAll(const Channel& channel, void* data, size_t bytes, int milliseconds) {
  if (!isStillOurs(channel)) return false;
  char* next = static_cast<char*>(data);
  while (bytes > 0) {
    pollfd ready{channel.descriptor, POLLIN, 0};
    const long polled = systemCall(SYS_poll, &ready, 1, milliseconds);
    if (polled == -EINTR) continue;
    if (polled <= 0) return false;
    const long got = systemCall(SYS_read, channel.descriptor, next, bytes);
    if (got == -EINTR) continue;
    if (got <= 0) return false;
    next += got;
    bytes -= static_cast<size_t>(got);
  }
  return true;
}

void closeChannel(Channel& channel) {
  if (isStillOurs(channel)) systemCall(SYS_close, channel.descriptor);
  channel = Channel{};
}

void printError(const char* text, size_t bytes) { writeEverything(STDERR_FILENO, text, bytes); }

}  // namespace snag::platform
