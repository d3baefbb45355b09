// The program's heap: every block is known to the detector from the moment it is handed out until it is given back.
#ifndef SNAG_INTERCEPTORS_HEAP_H
#define SNAG_INTERCEPTORS_HEAP_H

#include "core/types.h"
#include "report/heap_block.h"

namespace snag {

// At start-up. Until then, and if the program brings its own malloc, blocks go through without notice.
void prepareHeap();

// What malloc and friends do. Null when memory is out (with errno set).
void* allocate(size_t size, size_t alignment, bool isZeroed, const Place& place);
void* reallocate(void* block, size_t size, const Place& place);
void deallocate(void* block, const Place& place);
size_t usableSize(void* block);

// FindHeapBlock for reports.
bool findHeapBlock(uintptr_t address, HeapBlock* out);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_HEAP_H
