// What unit tests see of the fake process, and what they make of it.
#ifndef SNAG_PLATFORM_FAKE_FAKE_PROCESS_H
#define SNAG_PLATFORM_FAKE_FAKE_PROCESS_H

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "platform/process.h"

namespace snag::fake {

// One channel that was opened: a file, or a tool that was started.
struct FakeOutput {
  std::string path;
  bool isTool = false;
  bool isOpen = true;
  bool isEnded = false;        // endWriting was called
  std::vector<uint8_t> bytes;  // everything written
};

struct FakeProcess {
  // The world, set by the test.
  uint32_t processId = 4711;
  std::string executable = "/opt/shop/server";
  std::string workingDirectory = "/srv";
  std::map<std::string, std::string> environment;
  std::set<std::string> tools;  // programs that exist and start
  std::set<std::string> files;  // that exist, so cannot be created
  bool filesCanBeCreated = true;
  bool writingFails = false;                  // the reader is gone
  std::optional<uint32_t> toolAnswer;         // what a tool says at the end
  std::vector<platform::ModuleInfo> modules;  // with one data segment each that covers all of it

  // What was done to it.
  std::vector<FakeOutput> outputs;
  std::string errors;  // standard error
};

// The one that platform/process.h is about. Assign a fresh one to start over.
FakeProcess& fakeProcess();

}  // namespace snag::fake

#endif  // SNAG_PLATFORM_FAKE_FAKE_PROCESS_H
