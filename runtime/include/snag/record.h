// The format in which the runtime hands findings to the tools: a stream of records, in files or over a socket.
//
//   stream   = record*                       one Process record first, one Summary record last (absent if the process
//   died) record   = RecordHeader field*           `bytes` counts header and fields field    = FieldHeader payload
//   padding   padding: zero bytes up to the next multiple of 4; `bytes` counts the payload only payload  = u32 | u64 |
//   text (no NUL) | raw bytes | StackFrame[] | field* (nested)
//
// All integers are little-endian. A reader skips tags it does not know, refuses another major version with a
// message that says which Snag to use, and keeps what it could read before a damaged record.
// A finding is self-contained: it carries the modules, threads and stacks that it mentions.
#ifndef SNAG_RECORD_H
#define SNAG_RECORD_H

#include <stdint.h>

namespace snag::record {

constexpr uint32_t kMagic = 0x47414e53;  // "SNAG"
constexpr uint16_t kVersion = 1;         // bump on any change that an older reader would misread

enum class RecordKind : uint32_t { Process = 1, Finding = 2, Summary = 3 };

struct RecordHeader {
  uint32_t magic;     // kMagic
  uint16_t version;   // kVersion
  uint16_t reserved;  // 0
  uint32_t kind;      // RecordKind
  uint32_t bytes;     // whole record, header included, a multiple of 4
};
static_assert(sizeof(RecordHeader) == 16, "pinned layout: bump kVersion");

struct FieldHeader {
  uint16_t tag;       // Tag
  uint16_t reserved;  // 0
  uint32_t bytes;     // payload without padding
};
static_assert(sizeof(FieldHeader) == 8, "pinned layout: bump kVersion");

// One code address of a stack, innermost first. Return addresses are stored as they were found (the call is
// the instruction before); frame 0 of an access is the return address of the hook, so it too lies just after.
struct StackFrame {
  uint64_t address;   // as it was in the process
  uint64_t offset;    // address minus the module's load bias: the virtual address in the ELF file
  uint32_t module;    // Tag::ModuleIndex of a Module of the same record, or kNoModule
  uint32_t reserved;  // 0
};
static_assert(sizeof(StackFrame) == 24, "pinned layout: bump kVersion");
constexpr uint32_t kNoModule = 0xffffffff;

// The kind of a finding. Kinds that later versions report are appended; numbers never change.
enum class FindingKind : uint32_t {
  DataRace = 1,
  LostUpdate = 2,
  UseAfterFreeRace = 3,
  VirtualCallVsDestructor = 4,  // a virtual call while a constructor or destructor sets the vtable pointer
  // Misuse of primitives: the story is told in steps, there are no Accesses.
  UnlockOfUnlocked = 20,
  UnlockByOther = 21,
  DestroyOfLocked = 22,
  FreeOfLocked = 23,
  UseAfterDestroy = 24,
  SelfDeadlock = 25,
  LockOrderInversion = 26,
  ConditionTwoMutexes = 27,
  DestroyInUse = 28,
  ReadLockUpgrade = 29,
  ThreadLeak = 30,
  SignalUnsafeCall = 31,
  DescriptorRace = 32,
};

// What a step of a misuse is: Tag::StepRoleTag. The first step of a finding is the one that was caught.
enum class StepRole : uint32_t {
  Caught = 1,
  Acquired = 2,     // took StepObject; in a lock-order inversion: while holding StepHeld
  Released = 3,     // last gave StepObject back
  Destroyed = 4,    // destroyed StepObject
  Waiting = 5,      // waits or waited for StepObject with the mutex StepHeld
  Created = 6,      // created the leaked thread or the descriptor
  Used = 7,         // used StepObject or the descriptor earlier
  Interrupted = 8,  // where the signal arrived
};

// What an access does, bits of Tag::AccessKind. The values are those of SNAG_SITE_* in hooks.h, repeated here
// because readers of records do not see the hooks.
enum AccessBits : uint32_t {
  kAccessRead = 1,
  kAccessWrite = 2,  // with kAccessRead: a read-modify-write
  kAccessAtomic = 4,
  kAccessVptr = 8,
  kAccessPartOfRmw = 16,
  kAccessAllocate = 32,
  kAccessFree = 64,
};

enum class ObjectKind : uint32_t { Unknown = 0, Global = 1, Heap = 2, Stack = 3, ThreadLocal = 4 };

enum class LockMode : uint32_t { Write = 1, Read = 2 };

enum class Tag : uint16_t {
  // Process record
  ProcessId = 1,         // u32
  Executable = 2,        // text, absolute path
  SnagVersion = 3,       // text
  WorkingDirectory = 4,  // text, may be missing
  Verbosity = 5,         // u32, the option of the same name
  Color = 6,             // text, the option of the same name: auto, always, never
  Suppressions = 7,      // text, absolute path of the file that the option of the same name names; may be missing
  ReportStyle = 8,       // text, the option of the same name: snag, tsan, codechecker
  LogPath = 9,           // text, absolute path of the option of the same name; may be missing

  // Finding record
  Kind = 20,            // u32, FindingKind
  Sequence = 21,        // u32, 1, 2, ... in the order found
  Address = 22,         // u64, first racing byte
  Size = 23,            // u32, racing bytes from Address on
  Access = 24,          // nested, twice: first the access that was caught, then the earlier one
  Object = 25,          // nested
  Thread = 26,          // nested, one for each thread that is mentioned
  Module = 27,          // nested, one for each module that is mentioned
  ValueBefore = 28,     // raw bytes at Address just before the caught access, Size of them
  UsualLock = 29,       // nested Lock: the lock that most remembered accesses to this object held; may be missing
  UsualLockHeld = 30,   // u32, remembered accesses to the object that held it
  UsualLockTotal = 31,  // u32, remembered accesses to the object

  Step = 32,         // nested, of a misuse: in the order in which the story is told
  Subject = 33,      // nested Lock: the lock, condition or barrier that a misuse is about; may be missing
  SubjectText = 34,  // text: what a misuse without an address is about, "malloc" for instance; may be missing

  // Access
  AccessKind = 40,     // u32, AccessBits
  AccessThread = 41,   // u32, ThreadNumber of a Thread
  AccessAddress = 42,  // u64, where the whole access starts
  AccessSize = 43,     // u32, bytes of the whole access
  Site = 44,           // nested; missing when the place was forgotten
  Stack = 45,          // StackFrame[], innermost first; missing when the place was forgotten
  Lock = 46,           // nested, one for each lock held

  // Site
  SiteFunction = 50,  // text
  SiteFile = 51,      // text
  SiteLine = 52,      // u32
  SiteColumn = 53,    // u32
  SiteVariable = 54,  // text
  SiteField = 55,     // text

  // Lock
  LockAddress = 60,  // u64
  LockModeTag = 61,  // u32, LockMode
  LockStack = 62,    // StackFrame[], where it was taken; may be missing
  LockModule = 63,   // u32, module index if the lock is in a module's data
  LockOffset = 64,   // u64, offset in that module, for its symbol
  LockName = 65,     // text, from debug info or an annotation; may be missing

  // Object
  ObjectKindTag = 70,  // u32, ObjectKind
  ObjectStart = 71,    // u64
  ObjectSize = 72,     // u64, 0 if unknown
  ObjectModule = 73,   // u32, for a global
  ObjectOffset = 74,   // u64, offset of Address (not of the start) in that module, for its symbol
  ObjectThread = 75,   // u32, thread that allocated the block or owns the stack or thread-local storage
  ObjectStack = 76,    // StackFrame[], allocation stack of a heap block

  // Thread
  ThreadNumber = 80,    // u32, 0 is the main thread; unique in the process, in order of creation
  ThreadOsId = 81,      // u32, Linux tid
  ThreadName = 82,      // text, as set by pthread_setname_np; may be missing
  ThreadCreator = 83,   // u32, ThreadNumber
  ThreadStack = 84,     // StackFrame[], where it was created
  ThreadFinished = 85,  // u32, 1 if it had ended when the finding was made

  // Module
  ModuleIndex = 90,    // u32
  ModulePath = 91,     // text
  ModuleBias = 92,     // u64, load bias
  ModuleBuildId = 93,  // raw bytes; may be missing

  // Step
  StepRoleTag = 95,  // u32, StepRole
  StepThread = 96,   // u32, ThreadNumber of a Thread; missing if unknown
  StepStack = 97,    // StackFrame[], innermost first; missing if unknown
  StepObject = 98,   // nested Lock, with LockAddress and the rest if known; may be missing
  StepHeld = 99,     // nested Lock, LockStack is where it was taken; may be missing

  // Summary record
  SummaryFindings = 100,   // u32, finding records written
  SummaryRaces = 101,      // u64, racing pairs seen, repeats included
  SummaryForgotten = 102,  // u64, shadow words forgotten for want of memory (0 unless a limit was hit)
  SummaryThreads = 103,    // u32, threads that ran, main included
  SummaryChecks = 104,     // u64, accesses that reached the detector
  SummaryModules = 105,    // u32, instrumented modules
};

}  // namespace snag::record

#endif  // SNAG_RECORD_H
