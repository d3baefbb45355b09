// A finding as plain data: what the builder found out and the writers write. Big, so never on a thread's stack.
// Frames and sites are the detector's and the program's own memory, valid as long as they.
#ifndef SNAG_REPORT_RACE_REPORT_H
#define SNAG_REPORT_RACE_REPORT_H

#include "core/misuse.h"
#include "core/types.h"
#include "platform/process.h"
#include "snag/record.h"

namespace snag {

// Code addresses, innermost first.
struct ReportStack {
  const uintptr_t* frames = nullptr;
  size_t count = 0;
};

// What is at a data address: the module whose data contains it, or none.
struct ReportPlace {
  uint32_t module = record::kNoModule;  // index into RaceReport::modules
  uint64_t offset = 0;
};

struct ReportLock {
  uintptr_t address = 0;
  LockMode mode = LockMode::Write;
  ReportStack taken;
  ReportPlace place;
};

struct ReportAccess {
  static constexpr size_t kMaxLocks = 16;

  uint32_t kind = 0;  // record::AccessBits
  uint32_t thread = 0;
  uintptr_t address = 0;
  uint32_t size = 0;
  const SnagSite* site = nullptr;
  ReportStack stack;
  ReportLock locks[kMaxLocks];
  size_t lockCount = 0;
};

struct ReportObject {
  record::ObjectKind kind = record::ObjectKind::Unknown;
  uintptr_t start = 0;
  uint64_t size = 0;  // 0 if unknown
  ReportPlace place;  // of a global
  bool hasThread = false;
  uint32_t thread = 0;  // that allocated the block or owns the storage
  bool freed = false;   // a heap block
  ReportStack allocation;
};

struct ReportThread {
  uint32_t number = 0;
  uint32_t osId = 0;
  uint32_t creator = 0;
  char name[16] = {};
  ReportStack creation;
  bool finished = false;
};

// One step of a misuse's story.
struct ReportStep {
  record::StepRole role = record::StepRole::Caught;
  bool hasThread = false;
  uint32_t thread = 0;
  ReportStack stack;
  ReportLock object;  // address 0 if there is none
  ReportLock held;    // the same; `taken` is where it was taken
};

struct RaceReport {
  static constexpr size_t kMaxThreads = 64, kMaxModules = 64, kMaxValue = 64, kMaxSubjectText = 64;

  record::FindingKind kind = record::FindingKind::DataRace;
  uint32_t sequence = 0;
  uintptr_t address = 0;  // first racing byte
  uint32_t size = 0;
  ReportAccess accesses[2];             // of a race: the one that was caught, the earlier one
  ReportStep steps[Misuse::kMaxSteps];  // of a misuse: the one that was caught first
  size_t stepCount = 0;                 // 0 for a race
  ReportLock subject;                   // what a misuse is about; address 0 if it has none
  char subjectText[kMaxSubjectText] = {};
  ReportObject object;
  uint8_t valueBefore[kMaxValue] = {};
  uint32_t valueBytes = 0;  // 0 if it could not be read
  bool hasUsualLock = false;
  ReportLock usualLock;
  uint32_t usualLockHeld = 0;  // of so many accesses
  uint32_t usualLockTotal = 0;
  ReportThread threads[kMaxThreads];  // those mentioned and their creators
  size_t threadCount = 0;
  platform::ModuleInfo modules[kMaxModules];  // those of every address mentioned
  size_t moduleCount = 0;
};

// A text of the site table, empty if unknown.
inline const char* siteText(const int32_t& offset) {
  return offset == 0 ? "" : reinterpret_cast<const char*>(&offset) + offset;
}

// Index of the module that contains the address, or record::kNoModule.
inline uint32_t moduleOf(const RaceReport& report, uintptr_t address) {
  for (size_t i = 0; i < report.moduleCount; ++i)
    if (report.modules[i].start <= address && address < report.modules[i].end) return static_cast<uint32_t>(i);
  return record::kNoModule;
}

}  // namespace snag

#endif  // SNAG_REPORT_RACE_REPORT_H
