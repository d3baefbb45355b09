// Intent: Qt's signals with arguments, deferred deletes, functions as jobs and ends of event loops hand data over.
// Primitive: Qt 5 queued signals, Qt 5 QThreadPool, Qt 5 QThread, Qt 5 events
// Packages: Qt5Core
// Flags: -fPIC -Wno-deprecated-literal-operator
// Levels: O2
// Expect: silent
#include "qt_signals_and_jobs.h"
