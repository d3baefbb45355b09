// syscall(): the calls that the functions of the same name would be checked for.
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "interceptors/message_call.h"
#include "interceptors/real_function.h"
#include "interceptors/signal_edges.h"

using namespace snag;

namespace {

using SystemCall = long(long, long, long, long, long, long, long);
[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<SystemCall> real_syscall{{"syscall", nullptr, nullptr}};

struct Arguments {
  long a[6];
  int descriptor() const { return static_cast<int>(a[0]); }
  void* pointer(int index) const { return reinterpret_cast<void*>(a[index]); }
  size_t size(int index) const { return static_cast<size_t>(a[index]); }
  unsigned count(int index) const { return static_cast<unsigned>(a[index]); }
  const iovec* parts() const { return static_cast<const iovec*>(pointer(1)); }
  const msghdr* message() const { return static_cast<const msghdr*>(pointer(1)); }
  const mmsghdr* messages() const { return static_cast<const mmsghdr*>(pointer(1)); }
};

long callReal(long number, const Arguments& arguments) {
  const long* a = arguments.a;
  return real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

long call(long number, const Arguments& arguments, const LibraryCall& caller) {
  const auto real = [&] { return static_cast<ssize_t>(callReal(number, arguments)); };
  const int descriptor = arguments.descriptor();
  switch (number) {
    case SYS_read:
    case SYS_pread64:
    case SYS_recvfrom: return receiveInto(descriptor, arguments.pointer(1), caller, real, arguments.size(2));
    case SYS_write:
    case SYS_pwrite64:
    case SYS_sendto: return sendFrom(descriptor, arguments.pointer(1), arguments.size(2), caller, real);
    case SYS_readv:
      return receiveIntoParts(descriptor, arguments.parts(), static_cast<int>(arguments.a[2]), caller, real);
    case SYS_writev:
      return sendFromParts(descriptor, arguments.parts(), static_cast<int>(arguments.a[2]), caller, real);
    case SYS_recvmsg: return receiveMessage(descriptor, arguments.message(), caller, real);
    case SYS_sendmsg: return sendMessage(descriptor, arguments.message(), caller, real);
    case SYS_recvmmsg: return receiveMessages(descriptor, arguments.messages(), arguments.count(2), caller, real);
    case SYS_sendmmsg: return sendMessages(descriptor, arguments.messages(), arguments.count(2), caller, real);
    case SYS_close:
      noteClosing(descriptor, caller);
      forgetKind(descriptor);
      noteSending();
      return real();
    case SYS_poll:
    case SYS_epoll_wait:
    case SYS_epoll_pwait: {
      SafePoint point;
      return becameReady(static_cast<int>(real()));
    }
    case SYS_kill: {
      SafePoint point;
      noteSignalSending(static_cast<int>(arguments.a[1]));
      return real();
    }
    case SYS_tkill: {
      SafePoint point;
      noteSignalSending(static_cast<int>(arguments.a[1]));
      return real();
    }
    case SYS_tgkill: {
      SafePoint point;
      noteSignalSending(static_cast<int>(arguments.a[2]));
      return real();
    }
    default: return callReal(number, arguments);
  }
}

}  // namespace

// Six arguments are handed on, whatever the number: a call looks at those that it has.
SNAG_INTERCEPTOR long syscall(long number, ...) noexcept {
  Arguments arguments;
  va_list rest;
  va_start(rest, number);
  for (long& argument : arguments.a) argument = va_arg(rest, long);
  va_end(rest);
  return call(number, arguments, SNAG_LIBRARY_CALL);
}
