// Intent: volatile is not synchronisation: both the flag and the message race.
// Expect: data race on 'flag' at SET, TEST
// Allow: data race on 'message' at WRITE, READ
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
volatile int flag = 0;
InvisibleTurns turns;
int seen = 0;

int main() {
  std::thread sender([] {
    message = 42;  // RACE-WRITE
    flag = 1;      // RACE-SET
    invisiblePass(&turns);
  });
  std::thread receiver([] {
    invisibleAwait(&turns, 1);
    if (flag == 1) {   // RACE-TEST
      seen = message;  // RACE-READ
    }
  });
  sender.join();
  receiver.join();
  std::printf("%d\n", seen);
}
