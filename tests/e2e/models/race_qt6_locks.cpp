// Intent: two QMutexes, a read lock under which somebody writes, and a semaphore released too early.
// Primitive: Qt 6 QMutex, Qt 6 QReadWriteLock, Qt 6 QSemaphore, Qt 6 QWaitCondition
// Packages: Qt6Core
// Flags: -fPIC -Wno-deprecated-literal-operator
// Expect: lost update|data race on '(anonymous namespace)::shared|shared' at ADD, ADD
// Expect: lost update|data race on '(anonymous namespace)::underRead|underRead' at READER, READER
// Expect: data race on '(anonymous namespace)::late|late' at LATE, EARLY
#include <QMutex>
#include <QReadWriteLock>
#include <QSemaphore>
#include <QWaitCondition>
#include <cstdio>
#include <thread>

#include "invisible.h"

namespace {

QMutex mutexes[2];
QReadWriteLock lock;
QSemaphore ready;
QWaitCondition never;
int shared = 0, underRead = 0, late = 0, seen = 0;
InvisibleTurns turns;

void add(int own) {
  QMutexLocker guard(&mutexes[own]);
  never.wait(&mutexes[own], 1);
  shared += 1;  // RACE-ADD
}

void addAsReader() {
  QReadLocker guard(&lock);
  underRead += 1;  // RACE-READER
}

}  // namespace

int main() {
  std::thread other([] {
    add(0);
    addAsReader();
    invisiblePass(&turns);
    ready.release();
    late = 1;  // RACE-LATE
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  add(1);
  addAsReader();
  ready.acquire();
  invisibleAwait(&turns, 2);
  seen = late;  // RACE-EARLY
  other.join();
  std::printf("%d %d %d\n", shared, underRead, seen);
}
