#include "core/context_table.h"

#include "core/arena.h"

namespace snag {
namespace {

uint32_t hashPair(const SnagSite* site, uint64_t context) {
  const uint64_t mixed =
      (reinterpret_cast<uintptr_t>(site) / 8 ^ context * 0x9e37'79b9'7f4a'7c15) * 0xff51'afd7'ed55'8ccd;
  return static_cast<uint32_t>(mixed >> 40);
}

size_t stackBytes(size_t count) { return sizeof(Stack) + count * sizeof(uintptr_t); }

}  // namespace

ContextTable::~ContextTable() {
  for (uint32_t i = 0; i < kBuckets; ++i) {
    while (Stack* stack = stacks_[i]) {
      stacks_[i] = stack->next;
      arena().deallocate(stack, stackBytes(stack->count));
    }
  }
}

uint32_t ContextTable::find(const SnagSite* site, uint64_t context) const {
  for (uint32_t id = buckets_[hashPair(site, context) % kBuckets]; id != 0; id = entries_.at(id).next)
    if (entries_.at(id).site == site && entries_.at(id).context == context) return id;
  return 0;
}

ContextId ContextTable::idFor(const Place& place) {
  uint64_t context = place.context;
  {
    SpinGuard guard(lock_);
    if (const uint32_t id = find(place.site, context)) return ContextId{id};
    if (entries_.inUse() >= kBudget) {
      context = 0;
      if (const uint32_t id = find(place.site, context)) return ContextId{id};
    }
  }
  // The walk touches memory that may fault in a broken program: not under the lock.
  uintptr_t frames[kMaxFrames];
  const size_t count = platform::captureStack(place.pc, place.frame, frames, kMaxFrames);
  SpinGuard guard(lock_);
  if (const uint32_t id = find(place.site, context)) return ContextId{id};
  uint32_t& bucket = buckets_[hashPair(place.site, context) % kBuckets];
  const uint32_t id = entries_.create(place.site, context, internStack(frames, count), bucket);
  SNAG_CHECK(id != 0);  // as many sites as half the table's entries would be needed
  bucket = id;
  return ContextId{id};
}

const Stack* ContextTable::internStack(const uintptr_t* frames, size_t count) {
  uint64_t mixed = count;
  for (size_t i = 0; i < count; ++i) mixed = (mixed ^ frames[i]) * 0x9e37'79b9'7f4a'7c15;
  const auto hash = static_cast<uint32_t>(mixed >> 32);
  Stack*& bucket = stacks_[hash % kBuckets];
  for (Stack* stack = bucket; stack != nullptr; stack = stack->next)
    if (stack->hash == hash && stack->count == count &&
        __builtin_memcmp(stack->frames, frames, count * sizeof(uintptr_t)) == 0)
      return stack;
  auto* stack = static_cast<Stack*>(arena().allocate(stackBytes(count)));
  stack->hash = hash;
  stack->count = static_cast<uint32_t>(count);
  stack->next = bucket;
  __builtin_memcpy(stack->frames, frames, count * sizeof(uintptr_t));
  bucket = stack;
  return stack;
}

}  // namespace snag
