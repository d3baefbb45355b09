// The contract between code instrumented by the Snag pass and the Snag runtime.
//
// Plain C, so that the runtime links into C programs. The pass generates calls to the functions declared
// here and data of the types declared here; nobody writes them by hand. Every layout below is pinned:
// change one, and SNAG_HOOK_VERSION must change with it.
#ifndef SNAG_HOOKS_H
#define SNAG_HOOKS_H

#include <stdint.h>

// The runtime is compiled with hidden symbols; these are for the program and its shared libraries.
#pragma GCC visibility push(default)

#ifdef __cplusplus
extern "C" {
#define SNAG_STATIC_ASSERT static_assert
#else
#define SNAG_STATIC_ASSERT _Static_assert
#endif

// Bumped on every incompatible change of this header or of hooks.def. A module that was compiled for
// another version is refused at start-up with a message that says to recompile it.
enum { SNAG_HOOK_VERSION = 4 };

// What a site does to memory: a bit set in SnagSite::kind.
enum {
  SNAG_SITE_READ = 1,
  SNAG_SITE_WRITE = 2,         // READ | WRITE: a read-modify-write, one check for both
  SNAG_SITE_ATOMIC = 4,        // an atomic operation (or a library call that stands for one)
  SNAG_SITE_VPTR = 8,          // a vtable pointer is loaded or stored
  SNAG_SITE_PART_OF_RMW = 16,  // a store whose value depends on a load of the same place, checked apart from it
  SNAG_SITE_ALLOCATE = 32,     // runtime only: the block was handed out by an allocator
  SNAG_SITE_FREE = 64,         // runtime only: the block was given back
};

// One place in the source that accesses memory. Lives in section "snag_sites", read-only.
// The first four fields are offsets in bytes from the field's own address to a NUL-terminated string,
// 0 where the text is unknown: no dynamic relocation is needed.
typedef struct SnagSite {
  int32_t function;  // demangled where the debug info has it, as in "Stats::add"; without parameters
  int32_t file;      // absolute path of the source file
  int32_t variable;  // the variable at the root of the expression, as in "stats"; also a captured local's name
  int32_t field;     // type and member path, as in "Stats::hits" or "Outer::in.hits"
  uint32_t line;     // 1-based, 0 if unknown
  uint16_t column;   // 1-based, 0 if unknown
  uint8_t kind;      // SNAG_SITE_*
  uint8_t size;      // bytes of one access; 0 when only known at run time
} SnagSite;
SNAG_STATIC_ASSERT(sizeof(SnagSite) == 24, "pinned layout: bump SNAG_HOOK_VERSION");

// One instrumented module (translation unit, or the whole program under LTO).
typedef struct SnagModule {
  uint32_t hookVersion;    // SNAG_HOOK_VERSION when the module was compiled
  uint32_t flags;          // 0
  const char* sourceName;  // main source file, for messages
} SnagModule;

// The part of a thread's state that instrumented code reads and writes inline, one per thread (initial-exec TLS).
//
// A half word names a segment in bits 0..23 and a set of bytes in bits 24..31 (see core/shadow_word.h).
// The shadow word of address a is at ((a ^ SNAG_SHADOW_XOR) & ~7) + SNAG_SHADOW_OFFSET; its bits 0..31 are the last
// writer's half, bits 32..63 the last reader's. The access hooks need not be called if
//   a write of the bytes in mask m:  ((writer ^ ownHalf) & (0x00ffffff | m << 24)) == 0
//   a read:                          the same for the writer or for the reader half.
#define SNAG_JOINED_HALVES 16
typedef struct SnagThread {
  uint32_t ownHalf;     // this thread's current segment with all eight bytes; SNAG_NO_SEGMENT after a release
  uint32_t sharedHalf;  // the set of readers in which this thread last found itself, likewise; passes for reads
  uint64_t context;     // calling context word: 3 * caller's word + call site number, written before each call
  // Runtime only: readers' halves, of whole words, in which this thread has found itself since its last release, or
  // SNAG_NO_SEGMENT; each at its value modulo their count.
  uint32_t joinedHalves[SNAG_JOINED_HALVES];
} SnagThread;
SNAG_STATIC_ASSERT(sizeof(SnagThread) == 16 + 4 * SNAG_JOINED_HALVES, "pinned layout: bump SNAG_HOOK_VERSION");

// No segment has this id, so every inline test against it fails.
#define SNAG_NO_SEGMENT 0xffffffffu

// The state of a thread that the runtime does not know yet: no inline test passes.
#define SNAG_NO_SEGMENT_4 SNAG_NO_SEGMENT, SNAG_NO_SEGMENT, SNAG_NO_SEGMENT, SNAG_NO_SEGMENT
#define SNAG_UNKNOWN_THREAD                                                      \
  {                                                                              \
    SNAG_NO_SEGMENT, SNAG_NO_SEGMENT, 0, {                                       \
      SNAG_NO_SEGMENT_4, SNAG_NO_SEGMENT_4, SNAG_NO_SEGMENT_4, SNAG_NO_SEGMENT_4 \
    }                                                                            \
  }

// x86-64 Linux. See core/address_layout.h for why this is a bijection onto holes of the address space.
#define SNAG_SHADOW_XOR 0x500000000000ull
#define SNAG_SHADOW_OFFSET 0x100000ull

extern __thread SnagThread __snag_thread __attribute__((tls_model("initial-exec")));

// Defined by the runtime, referenced by every instrumented module. A link without the runtime fails on
// this name, which is the message.
extern const char __snag_runtime_is_missing__link_with_snag_clang;

// What an atomic operation turned out to be. A failed compare-exchange is a load with the failure order.
enum { SNAG_ATOMIC_LOAD = 0, SNAG_ATOMIC_STORE = 1, SNAG_ATOMIC_RMW = 2 };

// All that __snag_atomic_leave is told of it: order | operation << SNAG_LEAVE_OPERATION | size << SNAG_LEAVE_SIZE. One
// argument, because most often it is a constant. __snag_atomic_enter is told the same of what is to come; of a
// compare-exchange what it is if it succeeds.
enum { SNAG_LEAVE_OPERATION = 8, SNAG_LEAVE_SIZE = 16 };

// Memory orders as the C11 enumerators number them: relaxed 0, consume 1, acquire 2, release 3, acq_rel 4, seq_cst 5.

// Signatures. "context" is three times the calling function's own context word as it was at its entry.
// All but the fence and module hooks preserve all general registers (LLVM's preserve_mostcc), so the fast path spills
// nothing.
#if defined(__clang__)
#define SNAG_PRESERVE_MOST __attribute__((preserve_most))
#else
#define SNAG_PRESERVE_MOST
#endif

#define SNAG_SIGNATURE_Access(name) \
  void name(const void* address, const SnagSite* site, uint64_t context) SNAG_PRESERVE_MOST;
#define SNAG_SIGNATURE_Range(name) \
  void name(const void* address, uint64_t size, const SnagSite* site, uint64_t context) SNAG_PRESERVE_MOST;
#define SNAG_SIGNATURE_Lane(name)                                                                        \
  void name(const void* address, uint64_t size, uint32_t active, const SnagSite* site, uint64_t context) \
      SNAG_PRESERVE_MOST;
#define SNAG_SIGNATURE_AtomicLoad(name) \
  uint64_t name(const void* address, uint32_t order, const SnagSite* site, uint64_t context) SNAG_PRESERVE_MOST;
#define SNAG_SIGNATURE_AtomicEnter(name) \
  void name(const void* address, uint64_t what, const SnagSite* site, uint64_t context) SNAG_PRESERVE_MOST;
#define SNAG_SIGNATURE_AtomicLeave(name) void name(const void* address, uint64_t what) SNAG_PRESERVE_MOST;
#define SNAG_SIGNATURE_Fence(name) void name(uint32_t order);
#define SNAG_SIGNATURE_Module(name) void name(const SnagModule* module);

#define SNAG_HOOK(name, signature, meaning) SNAG_SIGNATURE_##signature(__snag_##name)
#include "snag/hooks.def"

#ifdef __cplusplus
}
#endif

#pragma GCC visibility pop

#endif  // SNAG_HOOKS_H
