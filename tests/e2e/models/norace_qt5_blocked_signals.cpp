// Intent: what a Qt thread wrote is read after it was waited for, whether it had ended before or not; its signals are blocked.
// Primitive: Qt 5 QThread
// Packages: Qt5Core
// Flags: -fPIC -Wno-deprecated-literal-operator
// Levels: O2
// Expect: silent
#include <QCoreApplication>
#include <QThread>
#include <cstdio>

#include "invisible.h"

int results[2] = {};
InvisibleTurns mayGoOn;
InvisibleThread entered[2];

struct Worker : QThread {
  int which = 0;
  void run() override {
    invisibleEnter(&entered[which]);
    if (which == 0) invisibleAwait(&mayGoOn, 1);
    results[which] = which + 1;
  }
};

int main(int count, char** arguments) {
  QCoreApplication application(count, arguments);
  Worker workers[2];
  int sum = 0;
  for (int i = 1; i >= 0; --i) {
    workers[i].which = i;
    workers[i].blockSignals(true);
    workers[i].start();
    if (i == 1) invisibleAwaitEnd(&entered[1]);
    if (i == 0) invisiblePass(&mayGoOn);
    workers[i].wait();
    sum += results[i];
  }
  std::printf("%d\n", sum);
}
