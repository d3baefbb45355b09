// Qt's threads, pools, events and queued signals, for each version of Qt a program that includes this.
#ifndef SNAG_TESTS_QT_THREADS_AND_EVENTS_H
#define SNAG_TESTS_QT_THREADS_AND_EVENTS_H

#include <QCoreApplication>
#include <QEvent>
#include <QMutex>
#include <QReadWriteLock>
#include <QRunnable>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>
#include <QTimer>
#include <QWaitCondition>
#include <cstdio>

namespace {

QMutex mutex, turnMutex;
QReadWriteLock readers;
QSemaphore filled, empty(4);
QWaitCondition turnChanged;
int underMutex = 0, underReaders = 0, tried = 0, turn = 0, ring[4];

class Worker : public QThread {
 public:
  explicit Worker(int which) : which_(which) {}
  int sum = 0;

 protected:
  void run() override {
    for (int i = 0; i < 200; ++i) {
      {
        QMutexLocker lock(&mutex);
        underMutex += 1;
      }
      if (mutex.tryLock()) {
        tried += 1;
        mutex.unlock();
      }
      {
        QWriteLocker lock(&readers);
        underReaders += 1;
      }
      QReadLocker lock(&readers);
      sum += underReaders * 0 + 1;
    }
    QMutexLocker lock(&turnMutex);
    for (int i = 0; i < 10; ++i) {
      while (turn % 2 != which_) turnChanged.wait(&turnMutex);
      ++turn;
      turnChanged.wakeAll();
    }
  }

 private:
  const int which_;
};

class Producer : public QThread {
  void run() override {
    for (int i = 0; i < 50; ++i) {
      empty.acquire();
      ring[i % 4] = i;
      filled.release();
    }
  }
};

class Job : public QRunnable {
 public:
  explicit Job(int* cell) : cell_(cell) {}
  void run() override { *cell_ += 1; }

 private:
  int* const cell_;
};

struct Message : QEvent {
  explicit Message(int value) : QEvent(static_cast<Type>(User + 1)), payload(new int(value)) {}
  ~Message() override { delete payload; }
  int* payload;
};

class Receiver : public QObject {
 public:
  int sum = 0, called = 0;
  bool event(QEvent* event) override {
    if (event->type() != QEvent::User + 1) return QObject::event(event);
    sum += *static_cast<Message*>(event)->payload;
    return true;
  }
};

class Sender : public QThread {
 public:
  explicit Sender(Receiver* receiver) : receiver_(receiver) {}

 private:
  void run() override {
    for (int i = 0; i < 50; ++i) {
      int* payload = new int(i);
      QCoreApplication::postEvent(receiver_, new Message(i));
      QMetaObject::invokeMethod(
          receiver_,
          [this, payload] {
            receiver_->called += *payload;
            delete payload;
          },
          Qt::QueuedConnection);
    }
    int answer = 0;
    QMetaObject::invokeMethod(receiver_, [&] { answer = receiver_->called; }, Qt::BlockingQueuedConnection);
    receiver_->called += answer > 0 ? 0 : 1;
    QMetaObject::invokeMethod(QCoreApplication::instance(), [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
  }
  Receiver* const receiver_;
};

}  // namespace

int main(int count, char** arguments) {
  QCoreApplication application(count, arguments);
  Worker first(0), second(1);
  first.start();
  second.start();
  first.wait();
  second.wait();
  int sum = first.sum + second.sum;
  Producer producer;
  producer.start();
  for (int i = 0; i < 50; ++i) {
    filled.acquire();
    sum += ring[i % 4];
    empty.release();
  }
  producer.wait();

  int cells[30] = {};
  QThreadPool pool;
  pool.setMaxThreadCount(3);
  for (int round = 0; round < 3; ++round) {
    for (int& cell : cells) pool.start(new Job(&cell));
    pool.waitForDone();
    for (int cell : cells) sum += cell;
  }

  Receiver receiver;
  Sender sender(&receiver);
  sender.start();
  application.exec();
  sender.wait();
  std::printf("%d %d %d %d %d %d %d\n", sum, underMutex, underReaders, turn, receiver.sum, receiver.called, tried >= 0);
}

#endif  // SNAG_TESTS_QT_THREADS_AND_EVENTS_H
