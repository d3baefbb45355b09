// Intent: a signal from another thread arrives in the middle of work, and its handler makes an object.
// Expect: signal-unsafe call on '*' at CALL, WORK
// Primitive: signal-unsafe call
#include <signal.h>

#include <cstdio>
#include <thread>

#include "invisible.h"

int* volatile made;
InvisibleTurns turns;

void handle(int) {
  made = new int(5);  // RACE-CALL
  invisiblePass(&turns);
}

int main() {
  signal(SIGUSR1, handle);
  std::thread receiver([] {
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);  // RACE-WORK
  });
  invisibleAwait(&turns, 1);
  pthread_kill(receiver.native_handle(), SIGUSR1);
  receiver.join();
  std::printf("%d\n", *made);
}
