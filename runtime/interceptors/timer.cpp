// Timers: whoever arms one comes before what it does when it expires.
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "core/arena.h"
#include "interceptors/real_function.h"
#include "interceptors/signal_edges.h"
#include "runtime.h"

using namespace snag;

namespace {

SNAG_REAL(alarm);
SNAG_REAL(ualarm);
SNAG_REAL(setitimer);
SNAG_REAL(timer_create);
SNAG_REAL(timer_settime);

int signalOf(int which) { return which == ITIMER_REAL ? SIGALRM : which == ITIMER_VIRTUAL ? SIGVTALRM : SIGPROF; }

// What SIGEV_THREAD calls, on a thread that libc made for it. Never freed: a notification may still be under way when
// its timer is deleted, and nobody says so.
struct Notification {
  void (*function)(sigval);
  sigval value;
};

void notify(sigval value) {
  const Notification notification = *static_cast<const Notification*>(value.sival_ptr);
  noteSignalArrived(0, nullptr);
  notification.function(notification.value);
}

// The event to give to the kernel's side in the place of the program's.
sigevent inFront(const sigevent& event) {
  sigevent front = event;
  if (event.sigev_notify != SIGEV_THREAD || !runtimeIsActive()) return front;
  expectForeigner();
  auto* notification = arenaNew<Notification>();
  *notification = {event.sigev_notify_function, event.sigev_value};
  front.sigev_notify_function = notify;
  front.sigev_value.sival_ptr = notification;
  return front;
}

}  // namespace

SNAG_INTERCEPTOR unsigned alarm(unsigned seconds) noexcept {
  noteSignalSending(SIGALRM);
  return real_alarm(seconds);
}

SNAG_INTERCEPTOR useconds_t ualarm(useconds_t first, useconds_t interval) noexcept {
  noteSignalSending(SIGALRM);
  return real_ualarm(first, interval);
}

SNAG_INTERCEPTOR int setitimer(__itimer_which_t which, const itimerval* time, itimerval* before) noexcept {
  noteSignalSending(signalOf(which));
  return real_setitimer(which, time, before);
}

SNAG_INTERCEPTOR int timer_create(clockid_t clock, sigevent* event, timer_t* timer) noexcept {
  noteTimerArming();
  if (event == nullptr) return real_timer_create(clock, event, timer);
  sigevent front = inFront(*event);
  return real_timer_create(clock, &front, timer);
}

SNAG_INTERCEPTOR int timer_settime(timer_t timer, int flags, const itimerspec* time, itimerspec* before) noexcept {
  noteTimerArming();
  return real_timer_settime(timer, flags, time, before);
}
