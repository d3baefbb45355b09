// Intent: Qt's signals with arguments, deferred deletes, functions as jobs and ends of event loops hand data over.
// Primitive: Qt 6 queued signals, Qt 6 QThreadPool, Qt 6 QThread, Qt 6 events
// Packages: Qt6Core
// Flags: -fPIC -Wno-deprecated-literal-operator
// Levels: O2
// Expect: silent
#include "qt_signals_and_jobs.h"
