#include "interceptors/heap.h"

#include <errno.h>
#include <malloc.h>
#include <string.h>

#include "interceptors/hand_over.h"
#include "interceptors/heap_map.h"
#include "interceptors/quiet_modules.h"
#include "interceptors/real_function.h"
#include "interceptors/thread_lifetime.h"
#include "runtime.h"

// glibc's own entries: dlsym itself allocates, so the first ones cannot be looked up.
extern "C" {
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* block, size_t size);
void* __libc_memalign(size_t alignment, size_t size);
void __libc_free(void* block);
// The interceptor in malloc.cpp, unless the program has a malloc.
extern const void* const snagMallocInterceptor;
}

namespace snag {
namespace {

SNAG_REAL(malloc_usable_size);

constexpr size_t kHeaderBytes = sizeof(BlockHeader);
constexpr size_t kMinAlignment = 16;
constexpr size_t kLargeBlock = 256 << 10;  // from here on shadow pages are dropped instead of written
constexpr size_t kMaxBytes = PTRDIFF_MAX;

bool isOurs = false;  // blocks are tracked; written at start-up only

unsigned log2Of(size_t powerOfTwo) { return static_cast<unsigned>(__builtin_ctzll(powerOfTwo)); }

uintptr_t realStart(uintptr_t start) { return start - (uintptr_t{1} << HeapMap::headerOf(start).distanceLog); }
void* asPointer(uintptr_t address) { return reinterpret_cast<void*>(address); }

void* realAllocate(size_t size, size_t alignment, bool isZeroed) {
  if (alignment <= kMinAlignment) return isZeroed ? __libc_calloc(1, size) : __libc_malloc(size);
  void* memory = __libc_memalign(alignment, size);
  if (memory != nullptr && isZeroed) memset(memory, 0, size);
  return memory;
}

// --- events ---------------------------------------------------------------------------------------------

// What allocations and frees are remembered as. Offsets of 0: no texts.
constexpr SnagSite kAllocateSite{0, 0, 0, 0, 0, 0, SNAG_SITE_ALLOCATE | SNAG_SITE_WRITE, 0};
constexpr SnagSite kFreeSite{0, 0, 0, 0, 0, 0, SNAG_SITE_FREE | SNAG_SITE_WRITE, 0};

Place at(const SnagSite& site, const Place& place) { return {&site, place.context, place.pc, place.frame}; }

// A thread's function that ends in a tail call of malloc or free makes it look as if libc had called.
bool isTailCallOfThread(const Place& place) { return isThreadStart(place.pc); }

// libc shares what it allocates for itself in ways that cannot be seen: its blocks start and end without a history.
void noteAllocated(ThreadState& thread, const Place& place, uintptr_t start, size_t size) {
  if (size >= kLargeBlock || (isInLibc(place.pc) && !isTailCallOfThread(place)))
    detector().forgetRange(start, size);
  else
    detector().allocated(thread, at(kAllocateSite, place), start, size);
}

void noteFreed(ThreadState& thread, const Place& place, uintptr_t start, size_t size, Judgement judgement) {
  if (judgement == Judgement::Judged) detector().freed(thread, at(kFreeSite, place), start, size);
  if (judgement == Judgement::Quiet || size >= kLargeBlock) detector().forgetRange(start, size);
}

// --- blocks ---------------------------------------------------------------------------------------------

// Gives a real block its header; the result is what the program gets.
uintptr_t makeBlock(void* real, size_t distance, size_t size, ContextId context, uint32_t thread) {
  const uintptr_t start = reinterpret_cast<uintptr_t>(real) + distance;
  HeapMap::headerOf(start) = {size, context, thread & 0xffffff, log2Of(distance) & 0xff};
  heapMap().add(start);
  return start;
}

// A block without header: for calls that are not an event of the program.
void* allocateUnnoticed(size_t size, size_t alignment, bool isZeroed) {
  void* memory = realAllocate(size, alignment, isZeroed);
  const bool mayHaveHistory = isOurs && threadLocals.state == nullptr && memory != nullptr;
  if (mayHaveHistory) detector().forgetRange(reinterpret_cast<uintptr_t>(memory), size);
  return memory;
}

// How much the program's part of the block may grow in place.
size_t capacity(uintptr_t start) {
  const uintptr_t real = realStart(start);
  return real_malloc_usable_size(asPointer(real)) - (start - real);
}

// Grows or shrinks without moving: in the detector's eyes an end and a beginning.
void resizeInPlace(ThreadState& thread, const Place& place, uintptr_t start, size_t size) {
  BlockHeader& header = HeapMap::headerOf(start);
  noteFreed(thread, place, start, header.size, judgeFree(place));
  header.size = size;
  header.allocation = detector().contextFor(thread, at(kAllocateSite, place));
  noteAllocated(thread, place, start, size);
}

void* moveBlock(void* block, size_t oldSize, size_t size, const Place& place) {
  // Some room to grow, so that a buffer that grows by single bytes is not copied every time.
  void* moved = allocate(size > oldSize ? size + oldSize / 4 : size, kMinAlignment, false, place);
  if (moved == nullptr) return nullptr;
  HeapMap::headerOf(reinterpret_cast<uintptr_t>(moved)).size = size;
  memcpy(moved, block, oldSize < size ? oldSize : size);
  deallocate(block, place, judgeFree(place));
  return moved;
}

}  // namespace

void prepareHeap() { isOurs = isOurHeap(); }

bool isOurHeap() { return reinterpret_cast<const void*>(&malloc) == snagMallocInterceptor; }

void noteForeignBlock(void* block, size_t size, const Place& place) {
  if (block == nullptr) return;
  if (RuntimeScope scope; scope) noteAllocated(scope.thread(), place, reinterpret_cast<uintptr_t>(block), size);
}

bool findHeapBlock(uintptr_t address, HeapBlock* out) { return heapMap().find(address, out); }

void* allocate(size_t size, size_t alignment, bool isZeroed, const Place& place) {
  const size_t distance = alignment > kHeaderBytes ? alignment : kHeaderBytes;
  if (size > kMaxBytes - distance) {
    errno = ENOMEM;
    return nullptr;
  }
  if (!isOurs) return realAllocate(size, alignment, isZeroed);
  RuntimeScope scope;
  if (!scope) return allocateUnnoticed(size, alignment, isZeroed);
  void* real = realAllocate(size + distance, alignment, isZeroed);
  if (real == nullptr) return nullptr;
  const ContextId context = detector().contextFor(scope.thread(), at(kAllocateSite, place));
  const uintptr_t start = makeBlock(real, distance, size, context, scope.thread().record->number);
  const bool mayBeHandedOver = __builtin_expect(handOver.depth != 0, 0);
  if (mayBeHandedOver && isCopyForHandOver(place))
    detector().forgetRange(start, size);
  else
    noteAllocated(scope.thread(), place, start, size);
  if (mayBeHandedOver) noteHandedOver(scope.thread(), place, start);
  return asPointer(start);
}

Judgement judgeFree(const Place& place) {
  return isInSystemLibrary(place.pc) && !isTailCallOfThread(place) ? Judgement::Quiet : Judgement::Judged;
}

// Told to the detector first: once libc has the block, another thread may get it.
void deallocate(void* block, const Place& place, Judgement judgement) {
  const uintptr_t start = reinterpret_cast<uintptr_t>(block);
  if (!heapMap().contains(start)) return __libc_free(block);
  if (RuntimeScope scope; scope) noteFreed(scope.thread(), place, start, HeapMap::headerOf(start).size, judgement);
  const uintptr_t real = realStart(start);
  __libc_free(heapMap().remove(start) ? asPointer(real) : block);  // if two threads free it, libc says so to the second
}

void* reallocate(void* block, size_t size, const Place& place) {
  if (block == nullptr) return allocate(size, kMinAlignment, false, place);
  const uintptr_t start = reinterpret_cast<uintptr_t>(block);
  if (!heapMap().contains(start)) return __libc_realloc(block, size);
  if (size == 0) {
    deallocate(block, place, judgeFree(place));
    return nullptr;
  }
  const size_t oldSize = HeapMap::headerOf(start).size;
  const bool fits = size <= capacity(start) && size >= oldSize / 2;
  if (!fits) return moveBlock(block, oldSize, size, place);
  if (RuntimeScope scope; scope)
    resizeInPlace(scope.thread(), place, start, size);
  else
    HeapMap::headerOf(start).size = size;
  return block;
}

size_t usableSize(void* block) {
  const uintptr_t start = reinterpret_cast<uintptr_t>(block);
  return heapMap().contains(start) ? HeapMap::headerOf(start).size : real_malloc_usable_size(block);
}

}  // namespace snag
