// The vtable of an abstract class names this function of libstdc++, which a C program does not have.
#include "platform/platform.h"

extern "C" __attribute__((weak)) void __cxa_pure_virtual() {
  snag::platform::fatal("a pure virtual function was called");
}
