// Intent: variables are written after an event was posted, a call queued and a job started, and read before a thread was waited for.
// Primitive: Qt 6 events, Qt 6 queued signals, Qt 6 QThreadPool, Qt 6 QThread
// Packages: Qt6Core
// Flags: -fPIC -Wno-deprecated-literal-operator
// Levels: O2
// Expect: data race on '(anonymous namespace)::afterPost|afterPost' at POST-WRITE, POST-READ
// Expect: data race on '(anonymous namespace)::afterCall|afterCall' at CALL-WRITE, CALL-READ
// Expect: data race on '(anonymous namespace)::afterStart|afterStart' at START-WRITE, START-READ
// Expect: data race on '(anonymous namespace)::beforeWait|beforeWait' at WAIT-WRITE, WAIT-READ
#include <QCoreApplication>
#include <QEvent>
#include <QObject>
#include <QRunnable>
#include <QThread>
#include <QThreadPool>
#include <cstdio>

#include "invisible.h"

namespace {

int afterPost = 0, afterCall = 0, afterStart = 0, beforeWait = 0, seen = 0;
InvisibleTurns turns;

struct Receiver : QObject {
  bool event(QEvent* event) override {
    if (event->type() != QEvent::User) return QObject::event(event);
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
    seen += afterPost;  // RACE-POST-READ
    return true;
  }
};

struct Sender : QThread {
  Receiver* receiver = nullptr;
  void run() override {
    QCoreApplication::postEvent(receiver, new QEvent(QEvent::User));
    invisibleAwait(&turns, 1);
    afterPost = 1;  // RACE-POST-WRITE
    invisiblePass(&turns);
    QMetaObject::invokeMethod(
        receiver,
        [] {
          invisiblePass(&turns);
          invisibleAwait(&turns, 4);
          seen += afterCall;  // RACE-CALL-READ
          QCoreApplication::quit();
        },
        Qt::QueuedConnection);
    invisibleAwait(&turns, 3);
    afterCall = 1;  // RACE-CALL-WRITE
    invisiblePass(&turns);
    invisibleAwait(&turns, 5);
    beforeWait = 1;  // RACE-WAIT-WRITE
    invisiblePass(&turns);
  }
};

struct Job : QRunnable {
  void run() override {
    invisibleAwait(&turns, 7);
    seen += afterStart;  // RACE-START-READ
  }
};

}  // namespace

int main(int count, char** arguments) {
  QCoreApplication application(count, arguments);
  Receiver receiver;
  Sender sender;
  sender.receiver = &receiver;
  sender.start();
  application.exec();
  invisiblePass(&turns);
  invisibleAwait(&turns, 6);
  seen += beforeWait;  // RACE-WAIT-READ
  sender.wait();
  QThreadPool pool;
  pool.start(new Job);
  afterStart = 1;  // RACE-START-WRITE
  invisiblePass(&turns);
  pool.waitForDone();
  std::printf("%d\n", seen);
}
