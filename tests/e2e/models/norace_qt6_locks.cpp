// Intent: Qt's mutexes, read-write locks, semaphores and wait conditions order what they should, contended or not.
// Primitive: Qt 6 QMutex, Qt 6 QReadWriteLock, Qt 6 QSemaphore, Qt 6 QWaitCondition
// Packages: Qt6Core
// Flags: -fPIC -Wno-deprecated-literal-operator
// Expect: silent
#include "qt_locks.h"
