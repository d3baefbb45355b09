// Qt's queued and blocking signals with arguments, deferred deletes, functions as jobs, and event loops that are told to
// end, for each version of Qt a program that includes this.
#ifndef SNAG_TESTS_QT_SIGNALS_AND_JOBS_H
#define SNAG_TESTS_QT_SIGNALS_AND_JOBS_H

#include <QCoreApplication>
#include <QObject>
#include <QThread>
#include <QThreadPool>
#include <cstdio>

namespace {

int renamed = 0, answered = 0, ended = 0, before = 0, left = 0;

struct Counter : QObject {
  int* deleted = nullptr;
  ~Counter() override { *deleted += 1; }
};

// Its loop runs until somebody tells it to end.
class Loop : public QThread {
  void run() override {
    exec();
    ended = before;
  }
};

class Renamer : public QThread {
 public:
  QObject named, asked;

 private:
  void run() override {
    for (int i = 0; i < 20; ++i) {
      left = i;
      named.setObjectName(QString::number(i));
      asked.setObjectName(QString::number(i));
      renamed += answered;
    }
  }
};

void signalsWithArguments(QCoreApplication& application) {
  Renamer renamer;
  QObject receiver;
  int queued = 0, names = 0;
  QObject::connect(&renamer.named, &QObject::objectNameChanged, &receiver, [&](const QString& name) {
    names += name.size();
    ++queued;
  }, Qt::QueuedConnection);
  QObject::connect(&renamer.asked, &QObject::objectNameChanged, &receiver, [&] { answered = left + 1; },
                   Qt::BlockingQueuedConnection);
  QObject::connect(&renamer, &QThread::finished, &application, &QCoreApplication::quit);
  renamer.named.moveToThread(&renamer);
  renamer.asked.moveToThread(&renamer);
  renamer.start();
  application.exec();
  renamer.wait();
  std::printf("%d %d %d\n", queued, names, renamed);
}

void deferredDelete(QCoreApplication& application) {
  int deleted = 0;
  auto* counter = new Counter;
  counter->deleted = &deleted;
  QThread* thread = QThread::create([&] {
    deleted = 10;
    counter->deleteLater();
  });
  QObject::connect(thread, &QThread::finished, &application, &QCoreApplication::quit);
  thread->start();
  application.exec();
  thread->wait();
  delete thread;
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  std::printf("%d\n", deleted);
}

void functionsAsJobs() {
  int cells[8] = {}, sum = 0;
  QThreadPool pool;
  pool.setMaxThreadCount(2);
  for (int round = 0; round < 3; ++round) {
    for (int& cell : cells) pool.start([&cell] { cell += 1; });
    pool.waitForDone();
    for (int cell : cells) sum += cell;
  }
  std::printf("%d\n", sum);
}

void loopToldToEnd() {
  Loop loop;
  loop.start();
  while (!loop.eventDispatcher()) QThread::yieldCurrentThread();
  before = 7;
  loop.quit();
  loop.wait();
  std::printf("%d\n", ended);
}

}  // namespace

int main(int count, char** arguments) {
  QCoreApplication application(count, arguments);
  signalsWithArguments(application);
  deferredDelete(application);
  functionsAsJobs();
  loopToldToEnd();
}

#endif  // SNAG_TESTS_QT_SIGNALS_AND_JOBS_H
