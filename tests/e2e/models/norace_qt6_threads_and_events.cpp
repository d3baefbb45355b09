// Intent: Qt threads, pools and queued signals and events hand data over.
// Primitive: Qt QThread, Qt queued signals
// Packages: Qt6Core
// Flags: -fPIC -Wno-deprecated-literal-operator
// Levels: O2
// Expect: silent
#include "qt_threads_and_events.h"
