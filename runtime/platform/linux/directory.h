// A directory that somebody else will write files into.
#ifndef SNAG_PLATFORM_LINUX_DIRECTORY_H
#define SNAG_PLATFORM_LINUX_DIRECTORY_H

#include <stddef.h>

namespace snag::platform {

// Creates the directory (not its parents) unless it exists. Null if files can be created in it, else what is wrong.
const char* prepareDirectory(const char* path);

// Makes a path absolute, so that it survives a chdir. False if it does not fit.
bool makeAbsolute(const char* path, char* out, size_t capacity);

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_LINUX_DIRECTORY_H
