// Plain data: what a record stream says, decoded but not yet symbolised. One struct a nested field of record.h.
#ifndef SNAG_MODEL_FINDING_H
#define SNAG_MODEL_FINDING_H

#include "snag/record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snag::model {

using record::AccessBits;
using record::FindingKind;
using record::LockMode;
using record::ObjectKind;
using record::StepRole;

// One code address; `module` is the ModuleIndex of a Module of the same finding, or record::kNoModule.
struct Frame {
  uint64_t address = 0;
  uint64_t offset = 0;
  uint32_t module = record::kNoModule;
};
using Stack = std::vector<Frame>;

struct Site {
  std::string function;
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
  std::string variable;
  std::string field;
};

struct Lock {
  uint64_t address = 0;
  LockMode mode = LockMode::Write;
  Stack stack;
  std::optional<uint32_t> module;
  uint64_t offset = 0;
  std::string name;
};

struct Access {
  uint32_t kind = 0;
  uint32_t thread = 0;
  uint64_t address = 0;
  uint32_t size = 0;
  std::optional<Site> site;
  Stack stack;
  std::vector<Lock> locks;

  bool is(uint32_t bits) const { return (kind & bits) != 0; }
  bool isReadModifyWrite() const {
    return is(record::kAccessPartOfRmw) || (is(record::kAccessRead) && is(record::kAccessWrite));
  }
  bool writes() const { return is(record::kAccessWrite) || is(record::kAccessPartOfRmw); }
  // The place was forgotten: neither site nor stack is known.
  bool isForgotten() const { return !site && stack.empty(); }
};

struct Object {
  ObjectKind kind = ObjectKind::Unknown;
  uint64_t start = 0;
  uint64_t size = 0;
  std::optional<uint32_t> module;
  uint64_t offset = 0;
  std::optional<uint32_t> thread;
  Stack stack;
};

struct Thread {
  uint32_t number = 0;
  uint32_t osId = 0;
  std::string name;
  std::optional<uint32_t> creator;
  Stack stack;
  bool finished = false;
};

struct Module {
  uint32_t index = 0;
  std::string path;
  uint64_t bias = 0;
  std::vector<uint8_t> buildId;
};

struct UsualLock {
  Lock lock;
  uint32_t held = 0;
  uint32_t total = 0;
};

// One step of the story of a misuse.
struct Step {
  StepRole role = StepRole::Caught;
  std::optional<uint32_t> thread;  // missing if unknown
  Stack stack;                     // empty if unknown
  std::optional<Lock> object;      // what it was done to, if that is not clear from the finding
  std::optional<Lock> held;        // a lock that matters to it; its stack is where it was taken
};

struct Finding {
  FindingKind kind = FindingKind::DataRace;
  uint32_t sequence = 0;
  uint64_t address = 0;
  uint32_t size = 0;
  Access accesses[2];           // of a race: first the one that was caught, then the earlier one
  std::vector<Step> steps;      // of a misuse: first the one that was caught; empty for a race
  std::optional<Lock> subject;  // the lock, condition or barrier that a misuse is about
  std::string subjectText;      // what a misuse without an address is about
  Object object;
  std::vector<Thread> threads;
  std::vector<Module> modules;
  std::vector<uint8_t> valueBefore;
  std::optional<UsualLock> usualLock;
  bool damaged = false;  // part of the record could not be read

  bool isMisuse() const { return !steps.empty(); }
  const Module* findModule(uint32_t index) const;
  const Thread* findThread(uint32_t number) const;
};

struct Process {
  uint32_t id = 0;
  std::string executable;
  std::string snagVersion;
  std::string workingDirectory;
  std::optional<uint32_t> verbosity;
  std::string color;
  std::string suppressions;  // absolute path of a file of rules, or empty
  std::string reportStyle;   // snag, tsan or codechecker; empty: snag
  std::string logPath;       // absolute path, to which .PID is added, of the file to print into, or empty
};

struct Summary {
  uint32_t findings = 0;
  uint64_t races = 0;
  uint64_t forgotten = 0;
  uint32_t threads = 0;
  uint64_t checks = 0;
  uint32_t modules = 0;
};

}  // namespace snag::model

#endif  // SNAG_MODEL_FINDING_H
