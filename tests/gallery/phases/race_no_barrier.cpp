// Intent: the second phase reads a neighbour's result of the first phase, with nothing between the phases.
// Expect: data race on 'firstPhase|firstPhase[0]|firstPhase[1]' at WRITE, READ
// Allow: data race on 'firstPhase|firstPhase[0]|firstPhase[1]' at WRITE, READ
#include <cstdio>
#include <thread>

#include "invisible.h"

int firstPhase[2];
int secondPhase[2];
InvisibleTurns turns;

void work(int self) {
  firstPhase[self] = 10 + self;  // RACE-WRITE
  invisibleMeet(&turns, 2);
  secondPhase[self] = firstPhase[1 - self];  // RACE-READ
}

int main() {
  std::thread first(work, 0), second(work, 1);
  first.join();
  second.join();
  std::printf("%d %d\n", secondPhase[0], secondPhase[1]);
}
