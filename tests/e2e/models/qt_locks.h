// What Qt's locks order, for each version of Qt a program that includes this.
#ifndef SNAG_TESTS_QT_LOCKS_H
#define SNAG_TESTS_QT_LOCKS_H

#include <QMutex>
#include <QReadWriteLock>
#include <QSemaphore>
#include <QWaitCondition>
#include <cstdio>
#include <thread>

namespace {

QMutex mutex, turnMutex;
QReadWriteLock readers;
QSemaphore filled, room(4);
QWaitCondition turnChanged;
int underMutex = 0, underReaders = 0, tried = 0, turn = 0, ring[4], sums[2];

void work(int own) {
  for (int i = 0; i < 300; ++i) {
    {
      QMutexLocker lock(&mutex);
      underMutex += 1;
    }
    if (mutex.tryLock()) {
      tried += 1;
      mutex.unlock();
    }
    if (mutex.tryLock(1000)) {
      tried += 1;
      mutex.unlock();
    }
    {
      QWriteLocker lock(&readers);
      underReaders += 1;
    }
    QReadLocker lock(&readers);
    sums[own] += underReaders > 0;
  }
  QMutexLocker lock(&turnMutex);
  for (int i = 0; i < 10; ++i) {
    while (turn % 2 != own) turnChanged.wait(&turnMutex);
    ++turn;
    turnChanged.wakeAll();
  }
}

}  // namespace

int main() {
  std::thread first(work, 0), second(work, 1);
  first.join();
  second.join();
  std::thread producer([] {
    for (int i = 0; i < 50; ++i) {
      room.acquire();
      ring[i % 4] = i;
      filled.release();
    }
  });
  int sum = sums[0] + sums[1];
  for (int i = 0; i < 50; ++i) {
    filled.acquire();
    sum += ring[i % 4];
    room.release();
  }
  producer.join();
  std::printf("%d %d %d %d %d\n", sum, underMutex, underReaders, turn, tried > 0);
}

#endif  // SNAG_TESTS_QT_LOCKS_H
