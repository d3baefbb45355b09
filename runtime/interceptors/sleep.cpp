// Waiting for time to pass: a signal that arrives meanwhile interrupts no work.
#include <time.h>
#include <unistd.h>

#include "interceptors/handler_frame.h"
#include "interceptors/real_function.h"

using namespace snag;

namespace {

SNAG_REAL(nanosleep);
SNAG_REAL(clock_nanosleep);
SNAG_REAL(sleep);
SNAG_REAL(usleep);

}  // namespace

SNAG_INTERCEPTOR int nanosleep(const timespec* time, timespec* rest) {
  SafePoint point;
  return real_nanosleep(time, rest);
}

SNAG_INTERCEPTOR int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* rest) {
  SafePoint point;
  return real_clock_nanosleep(clock, flags, time, rest);
}

SNAG_INTERCEPTOR unsigned sleep(unsigned seconds) {
  SafePoint point;
  return real_sleep(seconds);
}

SNAG_INTERCEPTOR int usleep(useconds_t time) {
  SafePoint point;
  return real_usleep(time);
}
