// Intent: a shared_mutex that the thread holds for writing is locked again: it would wait for itself.
// Expect: self-deadlock on 'table' at AGAIN, FIRST
// Exit: 3
// Libraries: libstdc++ libc++
// Primitive: std::shared_mutex, self-deadlock
#include <unistd.h>

#include <shared_mutex>
#include <system_error>
#include <thread>

#include "invisible.h"

std::shared_mutex table;

int main() {
  std::thread stuck([] {
    table.lock();  // RACE-FIRST
    try {
      table.lock();  // RACE-AGAIN
    } catch (const std::system_error&) {
    }
  });
  invisibleSleep(200);
  _exit(3);  // with libc++ the other thread never ends
}
