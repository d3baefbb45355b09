// Stacks and sites behind 32-bit ids (probabilistic calling context: Bond and McKinley, OOPSLA 2007).
//
// The first time a pair of context word and site is met, the real stack is walked and kept; later meetings are a
// lookup. Equal stacks are stored once. Entries live as long as the table. Thread-safe.
#ifndef SNAG_CORE_CONTEXT_TABLE_H
#define SNAG_CORE_CONTEXT_TABLE_H

#include "core/indexed_pool.h"
#include "core/reserved_array.h"
#include "core/types.h"

namespace snag {

struct Stack {
  uint32_t hash;
  uint32_t count;
  Stack* next;         // in its bucket
  uintptr_t frames[];  // return addresses, innermost first
};

struct ContextEntry {
  const SnagSite* site;
  uint64_t context;
  const Stack* stack;
  uint32_t next;  // in its bucket
};

class ContextTable {
 public:
  ContextTable() : entries_(kMaxContexts) {}
  ~ContextTable();

  // Never kNoContext. When the table is full (a recursion that never repeats its path), a site's later contexts share
  // one entry.
  ContextId idFor(const Place& place);
  const ContextEntry& entry(ContextId id) const { return entries_.at(raw(id)); }

 private:
  static constexpr uint32_t kMaxContexts = 1 << 22;
  static constexpr uint32_t kBudget = kMaxContexts / 2;  // beyond it only (0, site) pairs are added
  static constexpr uint32_t kBuckets = 1 << 18;
  static constexpr size_t kMaxFrames = 64;

  uint32_t find(const SnagSite* site, uint64_t context) const;
  const Stack* internStack(const uintptr_t* frames, size_t count);

  SpinLock lock_;  // protects everything but reads of entries
  IndexedPool<ContextEntry> entries_;
  const ReservedArray<uint32_t> buckets_{kBuckets};
  const ReservedArray<Stack*> stacks_{kBuckets};
};

}  // namespace snag

#endif  // SNAG_CORE_CONTEXT_TABLE_H
