// Functions of the program's libraries by name. Two implementations, chosen at link time: the dynamic linker's, and for
// programs without one a table that the link fills.
#ifndef SNAG_PLATFORM_LINUX_SYMBOLS_H
#define SNAG_PLATFORM_LINUX_SYMBOLS_H

namespace snag::platform {

// The function behind the runtime's own of that name; null if no library has one. `version` may be null.
void* nextSymbol(const char* name, const char* version);
// The first function of that name, or null.
void* anySymbol(const char* name);
// Both functions come from one library; false if either is null.
bool areInOneLibrary(const void* function, const void* other);

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_LINUX_SYMBOLS_H
