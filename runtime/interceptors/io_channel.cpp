#include "interceptors/io_channel.h"

#include <sys/stat.h>

#include <atomic>

#include "interceptors/descriptor_use.h"
#include "interceptors/sync_events.h"
#include "platform/linux/x86_64/syscall.h"

namespace snag {

namespace {

enum class Kind : unsigned char { Unknown, Stores, Conveys };

// What each descriptor is, as far as it was asked. Beyond the end, the kernel is asked every time.
constexpr unsigned kRemembered = 65536;
constinit std::atomic<Kind> kinds[kRemembered];

// Its address stands for the channel; nothing is ever stored here.
alignas(8) constinit char channel[8];

// Pipes, sockets, and what has no file type at all: eventfd, timerfd, signalfd, epoll.
Kind ask(int descriptor) {
  struct stat status;
  if (platform::isError(platform::systemCall(SYS_fstat, descriptor, &status))) return Kind::Unknown;
  const mode_t type = status.st_mode & S_IFMT;
  return type == S_IFIFO || type == S_IFSOCK || type == 0 ? Kind::Conveys : Kind::Stores;
}

bool conveys(int descriptor) {
  if (!runtimeIsActive()) return false;
  const unsigned index = static_cast<unsigned>(descriptor);
  if (index >= kRemembered) return ask(descriptor) == Kind::Conveys;
  Kind kind = kinds[index].load(std::memory_order_relaxed);
  if (kind == Kind::Unknown) kinds[index].store(kind = ask(descriptor), std::memory_order_relaxed);
  return kind == Kind::Conveys;
}

}  // namespace

void noteSending() { noteRelease(channel); }
void noteReceived() { noteAcquire(channel); }

void noteSending(int descriptor) {
  if (conveys(descriptor)) noteSending();
}

void noteReceived(int descriptor) {
  if (conveys(descriptor)) noteReceived();
}

void forgetDescriptor(int descriptor) {
  forgetUses(descriptor);
  forgetKind(descriptor);
}

void forgetKind(int descriptor) {
  if (static_cast<unsigned>(descriptor) < kRemembered)
    kinds[descriptor].store(Kind::Unknown, std::memory_order_relaxed);
}

void forgetDescriptors(unsigned first, unsigned last) {
  for (unsigned i = first; i < kRemembered && i <= last; ++i) forgetDescriptor(static_cast<int>(i));
}

}  // namespace snag
