// operator new and delete. libstdc++'s would do, but stacks through it cannot be walked by frame pointers. What
// cannot be done without exceptions (running out of memory) is left to the next definition.
//
// As the standard has it, the array, sized and nothrow forms end in the plain ones if the program has replaced those.
#include <stdlib.h>

#include <new>

#include "interceptors/handler_frame.h"
#include "interceptors/heap.h"
#include "interceptors/quiet_modules.h"
#include "interceptors/real_function.h"
#include "runtime.h"

#define SNAG_OPERATOR __attribute__((weak, visibility("default")))

using std::align_val_t;
using std::nothrow_t;
using std::size_t;

// Our own definitions, whatever the program does with the operators' names.
extern "C" {
void* snagNew(size_t) __attribute__((alias("_Znwm")));
void* snagAlignedNew(size_t, align_val_t) __attribute__((alias("_ZnwmSt11align_val_t")));
void snagDelete(void*) noexcept __attribute__((alias("_ZdlPv")));
void snagAlignedDelete(void*, align_val_t) noexcept __attribute__((alias("_ZdlPvSt11align_val_t")));
}

namespace {

using namespace snag;

constexpr size_t kMinAlignment = 16;

using New = void*(size_t);
using AlignedNew = void*(size_t, align_val_t);
using NothrowNew = void*(size_t, const nothrow_t&);
using AlignedNothrowNew = void*(size_t, align_val_t, const nothrow_t&);
using Delete = void(void*);
using AlignedDelete = void(void*, align_val_t);

// The C++ library's. A C program has none, and does not ask.
#define SNAG_NEXT(type, name, symbol)                                          \
  [[gnu::section("snag_real"), gnu::used]] constinit RealFunction<type> name { \
    {                                                                          \
      symbol, nullptr, nullptr                                                 \
    }                                                                          \
  }
SNAG_NEXT(New, nextNew, "_Znwm");
SNAG_NEXT(AlignedNew, nextAlignedNew, "_ZnwmSt11align_val_t");
SNAG_NEXT(NothrowNew, nextNothrowNew, "_ZnwmRKSt9nothrow_t");
SNAG_NEXT(AlignedNothrowNew, nextAlignedNothrowNew, "_ZnwmSt11align_val_tRKSt9nothrow_t");

bool isOwnNew() { return static_cast<New*>(&operator new) == &snagNew; }
bool isOwnAlignedNew() { return static_cast<AlignedNew*>(&operator new) == &snagAlignedNew; }
bool isOwnDelete() { return static_cast<Delete*>(&operator delete) == static_cast<Delete*>(&snagDelete); }
bool isOwnAlignedDelete() {
  return static_cast<AlignedDelete*>(&operator delete) == static_cast<AlignedDelete*>(&snagAlignedDelete);
}

size_t raised(align_val_t alignment) {
  return static_cast<size_t>(alignment) > kMinAlignment ? static_cast<size_t>(alignment) : kMinAlignment;
}

// The program's own malloc, if it has one, serves its operators too.
void* allocateForeign(size_t size, size_t alignment, const Place& place) {
  void* block =
      alignment > kMinAlignment ? aligned_alloc(alignment, (size + alignment - 1) & ~(alignment - 1)) : malloc(size);
  noteForeignBlock(block, size, place);
  return block;
}
void* make(size_t size, size_t alignment, const Place& place) {
  noteUnsafeCall("operator new", place);
  return __builtin_expect(isOurHeap(), 1) ? allocate(size, alignment, false, place)
                                          : allocateForeign(size != 0 ? size : 1, alignment, place);
}

// The next definition calls the new handler, and throws or returns null.
void* makePlain(size_t size, const Place& place) {
  void* block = make(size, kMinAlignment, place);
  return __builtin_expect(block != nullptr, 1) ? block : nextNew(size);
}
void* makeAligned(size_t size, align_val_t alignment, const Place& place) {
  void* block = make(size, raised(alignment), place);
  return __builtin_expect(block != nullptr, 1) ? block : nextAlignedNew(size, alignment);
}
void* makeNothrow(size_t size, const nothrow_t& tag, const Place& place) {
  void* block = isOwnNew() ? make(size, kMinAlignment, place) : nullptr;
  return __builtin_expect(block != nullptr, 1) ? block : nextNothrowNew(size, tag);
}
void* makeAlignedNothrow(size_t size, align_val_t alignment, const nothrow_t& tag, const Place& place) {
  void* block = isOwnAlignedNew() ? make(size, raised(alignment), place) : nullptr;
  return __builtin_expect(block != nullptr, 1) ? block : nextAlignedNothrowNew(size, alignment, tag);
}

void destroy(void* block, const Place& place) {
  if (block == nullptr) return;
  noteUnsafeCall("operator delete", place);
  if (!isOurHeap()) return free(block);
  deallocate(block, place, isInModelledLibrary(place.pc) ? Judgement::Quiet : Judgement::Judged);
}
// For the other forms of delete.
void destroyThroughPlain(void* block, const Place& place) {
  isOwnDelete() ? destroy(block, place) : operator delete(block);
}
void destroyThroughAligned(void* block, align_val_t alignment, const Place& place) {
  isOwnAlignedDelete() ? destroy(block, place) : operator delete(block, alignment);
}

}  // namespace

// --- new ------------------------------------------------------------------------------------------------

SNAG_OPERATOR void* operator new(size_t size) { return makePlain(size, SNAG_CALLER); }
SNAG_OPERATOR void* operator new(size_t size, align_val_t alignment) {
  return makeAligned(size, alignment, SNAG_CALLER);
}
SNAG_OPERATOR void* operator new[](size_t size) {
  return isOwnNew() ? makePlain(size, SNAG_CALLER) : operator new(size);
}
SNAG_OPERATOR void* operator new[](size_t size, align_val_t alignment) {
  return isOwnAlignedNew() ? makeAligned(size, alignment, SNAG_CALLER) : operator new(size, alignment);
}
SNAG_OPERATOR void* operator new(size_t size, const nothrow_t& tag) noexcept {
  return makeNothrow(size, tag, SNAG_CALLER);
}
SNAG_OPERATOR void* operator new[](size_t size, const nothrow_t& tag) noexcept {
  return makeNothrow(size, tag, SNAG_CALLER);
}
SNAG_OPERATOR void* operator new(size_t size, align_val_t alignment, const nothrow_t& tag) noexcept {
  return makeAlignedNothrow(size, alignment, tag, SNAG_CALLER);
}
SNAG_OPERATOR void* operator new[](size_t size, align_val_t alignment, const nothrow_t& tag) noexcept {
  return makeAlignedNothrow(size, alignment, tag, SNAG_CALLER);
}

// --- delete ---------------------------------------------------------------------------------------------

SNAG_OPERATOR void operator delete(void* block) noexcept { destroy(block, SNAG_CALLER); }
SNAG_OPERATOR void operator delete(void* block, align_val_t) noexcept { destroy(block, SNAG_CALLER); }
SNAG_OPERATOR void operator delete[](void* block) noexcept { destroyThroughPlain(block, SNAG_CALLER); }
SNAG_OPERATOR void operator delete(void* block, size_t) noexcept { destroyThroughPlain(block, SNAG_CALLER); }
SNAG_OPERATOR void operator delete[](void* block, size_t) noexcept { destroyThroughPlain(block, SNAG_CALLER); }
SNAG_OPERATOR void operator delete(void* block, const nothrow_t&) noexcept { destroyThroughPlain(block, SNAG_CALLER); }
SNAG_OPERATOR void operator delete[](void* block, const nothrow_t&) noexcept {
  destroyThroughPlain(block, SNAG_CALLER);
}
SNAG_OPERATOR void operator delete[](void* block, align_val_t alignment) noexcept {
  destroyThroughAligned(block, alignment, SNAG_CALLER);
}
SNAG_OPERATOR void operator delete(void* block, size_t, align_val_t alignment) noexcept {
  destroyThroughAligned(block, alignment, SNAG_CALLER);
}
SNAG_OPERATOR void operator delete[](void* block, size_t, align_val_t alignment) noexcept {
  destroyThroughAligned(block, alignment, SNAG_CALLER);
}
SNAG_OPERATOR void operator delete(void* block, align_val_t alignment, const nothrow_t&) noexcept {
  destroyThroughAligned(block, alignment, SNAG_CALLER);
}
SNAG_OPERATOR void operator delete[](void* block, align_val_t alignment, const nothrow_t&) noexcept {
  destroyThroughAligned(block, alignment, SNAG_CALLER);
}
