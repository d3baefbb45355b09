// The second page of the OS contract: what reports need to know of the process, and how they leave it.
//
// The rules of platform.h hold here too. Besides, nothing here changes errno, and the program cannot notice it: no
// signal, no child that its wait() could reap, no low file descriptor, none that survives exec. Texts are
// NUL-terminated.
#ifndef SNAG_PLATFORM_PROCESS_H
#define SNAG_PLATFORM_PROCESS_H

#include <stddef.h>
#include <stdint.h>

namespace snag::platform {

// --- who we are -----------------------------------------------------------------------------------------

uint32_t processId();

// Writes an absolute path, cut to capacity - 1 characters. False and an empty text if it cannot be found out.
bool executablePath(char* out, size_t capacity);
bool workingDirectory(char* out, size_t capacity);

// The value of a variable in the environment that the process was started with. False if unset or too long.
bool startEnvironment(const char* name, char* out, size_t capacity);

// --- memory of the program ------------------------------------------------------------------------------

// Copies bytes that may not be mapped, or not any more. False if not all of them could be read.
bool copyMemory(uintptr_t address, void* out, size_t bytes);

// --- modules --------------------------------------------------------------------------------------------

struct ModuleInfo {
  static constexpr size_t kMaxPath = 1024, kMaxBuildId = 32;

  uintptr_t bias = 0;            // address in memory minus address in the file's symbol table
  uintptr_t start = 0, end = 0;  // all its segments lie in here
  bool inCode = false;           // the address asked for is in an executable segment
  bool inData = false;           // ... in a segment that is writable (also one made read-only after relocation)
  uint32_t buildIdBytes = 0;     // 0 if it has none
  uint8_t buildId[kMaxBuildId] = {};
  char path[kMaxPath] = {};
};

// The module that has a segment at the address. False if there is none.
bool findModule(uintptr_t address, ModuleInfo* out);

// --- output ---------------------------------------------------------------------------------------------

// A file or socket of ours. Remembers what it opened, so that a program which closes all descriptors and reuses the
// number does not get records into its own file.
struct Channel {
  int descriptor = -1;
  uint64_t identity[2] = {};

  bool isOpen() const { return descriptor >= 0; }
};

// Creates a file; not open if that is impossible or the file exists. The directory above it is not made.
Channel openFile(const char* path);
void createDirectory(const char* path);
bool fileIsExecutable(const char* path);

// Writes everything, waiting as long as it takes. False if the other side is gone or the channel is no longer ours.
bool writeAll(const Channel& channel, const void* data, size_t bytes);

// Tells the other side of a socket that nothing more will come.
void endWriting(const Channel& channel);

// Reads exactly so many bytes, waiting at most `milliseconds` for each piece.
bool readAll(const Channel& channel, void* data, size_t bytes, int milliseconds);

void closeChannel(Channel& channel);

// Starts `path print --fd=N`, where N is the other end of the channel returned (not open if the tool cannot be
// started). The tool has the start environment without LD_PRELOAD, LD_AUDIT and SNAG_OPTIONS, a session of its own, and
// no signal blocked.
Channel startTool(const char* path);

// To standard error, as far as that is possible.
void printError(const char* text, size_t bytes);

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_PROCESS_H
