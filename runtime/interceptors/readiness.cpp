// Waiting until a descriptor is ready: whoever is told comes after whoever made it so, and after whoever asked
// (epoll_ctl, timerfd_settime), even if nothing is read.
#include <poll.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/timerfd.h>

#include <initializer_list>

#include "interceptors/handler_frame.h"
#include "interceptors/io_channel.h"
#include "interceptors/libraries/served_loop.h"
#include "interceptors/library_call.h"
#include "interceptors/quiet_modules.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;
using library::servedLoop;

// What <poll.h> makes of poll() and ppoll() under _FORTIFY_SOURCE.
extern "C" int __poll_chk(pollfd* descriptors, nfds_t count, int timeout, size_t room);
extern "C" int __ppoll_chk(pollfd* descriptors, nfds_t count, const timespec* timeout, const sigset_t* mask,
                           size_t room);

namespace {

SNAG_REAL(poll);
SNAG_REAL(__poll_chk);
SNAG_REAL(ppoll);
SNAG_REAL(__ppoll_chk);
SNAG_REAL(select);
SNAG_REAL(pselect);
SNAG_REAL(epoll_ctl);
SNAG_REAL(epoll_wait);
SNAG_REAL(epoll_pwait);
SNAG_REAL(epoll_pwait2);
SNAG_REAL(timerfd_settime);

}  // namespace

// --- what the caller gets -------------------------------------------------------------------------------

namespace {

void readsQuestions(const LibraryCall& call, const pollfd* descriptors, nfds_t count) {
  for (nfds_t i = 0; call.isChecked() && i < count; ++i) call.reads(&descriptors[i], offsetof(pollfd, revents));
}
int writesAnswers(const LibraryCall& call, const pollfd* descriptors, nfds_t count, int ready) {
  for (nfds_t i = 0; call.isChecked() && ready >= 0 && i < count; ++i)
    call.writes(&descriptors[i].revents, sizeof descriptors[i].revents);
  return ready;
}

// Sets are used in whole words.
size_t setBytes(int count) {
  constexpr int kWordBits = 64;
  return count > 0 ? size_t(count + kWordBits - 1) / kWordBits * sizeof(long) : 0;
}
void readsSets(const LibraryCall& call, int count, std::initializer_list<const fd_set*> sets) {
  for (const fd_set* set : sets) call.reads(set, setBytes(count));
}
int writesSets(const LibraryCall& call, int count, std::initializer_list<const fd_set*> sets, int ready) {
  for (const fd_set* set : sets)
    if (ready >= 0) call.writes(set, setBytes(count));
  return ready;
}

int writesEvents(const LibraryCall& call, const epoll_event* events, int ready) {
  if (ready > 0) call.writes(events, size_t(ready) * sizeof *events);
  return ready;
}

}  // namespace

SNAG_INTERCEPTOR int poll(pollfd* descriptors, nfds_t count, int timeout) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  SafePoint point;
  readsQuestions(call, descriptors, count);
  const int ready = becameReady(real_poll(descriptors, count, timeout));
  if (servedLoop != nullptr && isInModelledLibrary(reinterpret_cast<uintptr_t>(__builtin_return_address(0))))
    noteAcquire(servedLoop);
  return writesAnswers(call, descriptors, count, ready);
}

SNAG_INTERCEPTOR int __poll_chk(pollfd* descriptors, nfds_t count, int timeout, size_t room) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  SafePoint point;
  readsQuestions(call, descriptors, count);
  return writesAnswers(call, descriptors, count, becameReady(real___poll_chk(descriptors, count, timeout, room)));
}

SNAG_INTERCEPTOR int ppoll(pollfd* descriptors, nfds_t count, const timespec* timeout, const sigset_t* mask) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  SafePoint point;
  readsQuestions(call, descriptors, count);
  return writesAnswers(call, descriptors, count, becameReady(real_ppoll(descriptors, count, timeout, mask)));
}

SNAG_INTERCEPTOR int __ppoll_chk(pollfd* descriptors, nfds_t count, const timespec* timeout, const sigset_t* mask,
                                 size_t room) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  SafePoint point;
  readsQuestions(call, descriptors, count);
  return writesAnswers(call, descriptors, count,
                       becameReady(real___ppoll_chk(descriptors, count, timeout, mask, room)));
}

SNAG_INTERCEPTOR int select(int count, fd_set* toRead, fd_set* toWrite, fd_set* exceptional, timeval* timeout) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  SafePoint point;
  readsSets(call, count, {toRead, toWrite, exceptional});
  return writesSets(call, count, {toRead, toWrite, exceptional},
                    becameReady(real_select(count, toRead, toWrite, exceptional, timeout)));
}

SNAG_INTERCEPTOR int pselect(int count, fd_set* toRead, fd_set* toWrite, fd_set* exceptional, const timespec* timeout,
                             const sigset_t* mask) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  SafePoint point;
  readsSets(call, count, {toRead, toWrite, exceptional});
  return writesSets(call, count, {toRead, toWrite, exceptional},
                    becameReady(real_pselect(count, toRead, toWrite, exceptional, timeout, mask)));
}

SNAG_INTERCEPTOR int epoll_ctl(int epoll, int operation, int descriptor, epoll_event* event) noexcept {
  noteSending();
  return real_epoll_ctl(epoll, operation, descriptor, event);
}

SNAG_INTERCEPTOR int epoll_wait(int epoll, epoll_event* events, int room, int timeout) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  SafePoint point;
  return writesEvents(call, events, becameReady(real_epoll_wait(epoll, events, room, timeout)));
}

SNAG_INTERCEPTOR int epoll_pwait(int epoll, epoll_event* events, int room, int timeout, const sigset_t* mask) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  SafePoint point;
  return writesEvents(call, events, becameReady(real_epoll_pwait(epoll, events, room, timeout, mask)));
}

SNAG_INTERCEPTOR int epoll_pwait2(int epoll, epoll_event* events, int room, const timespec* timeout,
                                  const sigset_t* mask) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  SafePoint point;
  return writesEvents(call, events, becameReady(real_epoll_pwait2(epoll, events, room, timeout, mask)));
}

SNAG_INTERCEPTOR int timerfd_settime(int timer, int flags, const itimerspec* time, itimerspec* before) noexcept {
  noteSending();
  return real_timerfd_settime(timer, flags, time, before);
}
