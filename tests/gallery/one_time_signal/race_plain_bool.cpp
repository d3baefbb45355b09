// Intent: a plain bool tells another thread that the result is there.
// Expect: data race on 'ready' at SIGNAL, CHECK
// Allow: data race on 'result' at RESULT, USE
#include <cstdio>
#include <thread>

#include "invisible.h"

bool ready = false;
int result = 0;
InvisibleTurns turns;
int seen = -1;

int main() {
  std::thread producer([] {
    result = 42;   // RACE-RESULT
    ready = true;  // RACE-SIGNAL
    invisiblePass(&turns);
  });
  std::thread consumer([] {
    invisibleAwait(&turns, 1);
    if (ready) {      // RACE-CHECK
      seen = result;  // RACE-USE
    }
  });
  producer.join();
  consumer.join();
  std::printf("%d\n", seen);
}
