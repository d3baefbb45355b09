// The program's heap: every block is known to the detector from the moment it is handed out until it is given back.
#ifndef SNAG_INTERCEPTORS_HEAP_H
#define SNAG_INTERCEPTORS_HEAP_H

#include "core/types.h"
#include "report/heap_block.h"

namespace snag {

// Whether a free may race. Quiet ones only forget.
enum class Judgement { Judged, Quiet };

// free() from within libc and the C++ library is quiet: they count references where nobody can see it.
Judgement judgeFree(const Place& place);

// At start-up. Until then, and if the program brings its own malloc, blocks go through without notice.
void prepareHeap();

// False if the program brings its own malloc: then its blocks have no header, and operator new uses it too.
bool isOurHeap();
// A block of the program's own malloc was handed out by operator new.
void noteForeignBlock(void* block, size_t size, const Place& place);

// What malloc and friends do. Null when memory is out (with errno set).
void* allocate(size_t size, size_t alignment, bool isZeroed, const Place& place);
void* reallocate(void* block, size_t size, const Place& place);
void deallocate(void* block, const Place& place, Judgement judgement);
size_t usableSize(void* block);

// FindHeapBlock for reports.
bool findHeapBlock(uintptr_t address, HeapBlock* out);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_HEAP_H
