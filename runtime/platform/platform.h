// The operating system as Snag's core and report layers see it: this page is the whole contract.
//
// The implementation is chosen at link time (linux/ for programs under test, fake/ for unit tests). Every function
// may be called from any thread, before constructors and after destructors, inside a signal handler, and
// never calls the program's allocator. Addresses and sizes are in bytes; "page" is 4096 bytes.
#ifndef SNAG_PLATFORM_PLATFORM_H
#define SNAG_PLATFORM_PLATFORM_H

#include <stddef.h>
#include <stdint.h>

namespace snag::platform {

// --- memory ---------------------------------------------------------------------------------------------

// Reserves zero-filled memory that costs nothing until it is touched and is left out of core dumps.
// `alignment` is a power of two, at least a page. Never returns null: without memory the process is ended by fatal().
void* reserve(size_t bytes, size_t alignment);

// The same at a fixed page-aligned place. False if anything is mapped there already.
bool reserveAt(uintptr_t address, size_t bytes);

// Gives reserved memory back.
void release(void* memory, size_t bytes);

// Reserved memory in [start, start + bytes), page-aligned, reads as zero again and costs nothing.
void dropPages(uintptr_t start, size_t bytes);

// Makes those of the pages in [start, start + bytes), page-aligned, that are not there yet, as writing to each would,
// if the kernel knows how to do that (Linux 5.14). A hint: nothing may depend on it.
void makePages(uintptr_t start, size_t bytes);

using RangeVisitor = void (*)(void* argument, uintptr_t start, uintptr_t end);

// Calls visit for the runs of pages in [start, end) of reserved memory that have been touched.
void visitResident(uintptr_t start, uintptr_t end, RangeVisitor visit, void* argument);

// Calls visit for every range of the address space in which the program may have memory (a superset is fine).
void visitProgramMemory(RangeVisitor visit, void* argument);

// --- processor ------------------------------------------------------------------------------------------

// Lets another thread run; called while spinning.
void yield();

// On return every running thread of the process has executed a full memory barrier since the call: the rare side of a
// protocol whose frequent side then needs none.
void processBarrier();

// Return addresses of the calling thread's stack, innermost first, from the frame whose return address is `pc`
// and whose frame pointer is `frame`. Writes at most `capacity` and returns how many. pc itself comes first.
size_t captureStack(uintptr_t pc, uintptr_t frame, uintptr_t* out, size_t capacity);

// --- the end --------------------------------------------------------------------------------------------

// Prints "Snag: internal error: <message>" and ends the process. For broken invariants only.
[[noreturn]] void fatal(const char* message);

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_PLATFORM_H
