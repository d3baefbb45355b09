// Intent: Qt's mutexes, read-write locks, semaphores and wait conditions order what they should, contended or not.
// Primitive: Qt 5 QMutex, Qt 5 QReadWriteLock, Qt 5 QSemaphore, Qt 5 QWaitCondition
// Packages: Qt5Core
// Flags: -fPIC -Wno-deprecated-literal-operator
// Expect: silent
#include "qt_locks.h"
