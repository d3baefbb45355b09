// Intent: the handler of a signal that the thread sends to itself interrupts no work: it may make objects.
// Expect: silent
// Primitive: signal-unsafe call
#include <signal.h>

#include <cstdio>
#include <thread>

int* volatile made;

void handle(int) { made = new int(5); }

int main() {
  signal(SIGUSR1, handle);
  std::thread([] { raise(SIGUSR1); }).join();
  std::printf("%d\n", *made);
  delete made;
}
