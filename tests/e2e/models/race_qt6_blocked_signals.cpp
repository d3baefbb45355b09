// Intent: what a Qt thread wrote is read before it is waited for; its signals are blocked.
// Primitive: Qt 6 QThread
// Packages: Qt6Core
// Flags: -fPIC -Wno-deprecated-literal-operator
// Levels: O2
// Expect: data race on 'result' at WRITE, READ
#include <QCoreApplication>
#include <QThread>
#include <cstdio>

#include "invisible.h"

int result = 0;
InvisibleTurns turns;

struct Worker : QThread {
  void run() override {
    result = 1;  // RACE-WRITE
    invisiblePass(&turns);
  }
};

int main(int count, char** arguments) {
  QCoreApplication application(count, arguments);
  Worker worker;
  worker.blockSignals(true);
  worker.start();
  invisibleAwait(&turns, 1);
  const int seen = result;  // RACE-READ
  worker.wait();
  std::printf("%d\n", seen);
}
