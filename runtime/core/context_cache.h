// A thread's memory of which (context word, site) has which ContextId: the usual answer without the shared table.
#ifndef SNAG_CORE_CONTEXT_CACHE_H
#define SNAG_CORE_CONTEXT_CACHE_H

#include "core/access_log.h"
#include "core/types.h"

namespace snag {

class ContextCache {
 public:
  static constexpr size_t kEntries = 512;

  struct Known {
    ContextId id = kNoContext;  // if it is not remembered
    uint32_t shortSize = 0;     // SnagSite::size of its site if the context fits into a short entry of the log; else 0
  };
  Known find(const SnagSite* site, uint64_t context) const {
    const Entry& entry = entries_[indexOf(site, context)];
    return entry.site == site && entry.context == context ? entry.known : Known{};
  }
  // What find() did not see: the other of the two places that an answer may have. It is in its first one afterwards.
  Known findAgain(const SnagSite* site, uint64_t context) {
    const size_t index = indexOf(site, context);
    const Entry other = entries_[otherOf(index)];
    if (other.site != site || other.context != context) return {};
    entries_[otherOf(index)] = entries_[index];
    entries_[index] = other;
    return other.known;
  }
  void remember(const SnagSite* site, uint64_t context, ContextId id) {
    const size_t index = indexOf(site, context);
    const bool isShort = site != nullptr && AccessLog::isShort(id);
    entries_[otherOf(index)] = entries_[index];
    entries_[index] = {site, context, {id, isShort ? uint32_t{site->size} : 0}};
  }

 private:
  // Far away: places next to each other, which the calls of a function one after the other are, do not share theirs.
  static size_t otherOf(size_t index) { return index ^ kEntries / 2; }
  struct Entry {
    const SnagSite* site;
    uint64_t context;
    Known known;
  };
  static size_t indexOf(const SnagSite* site, uint64_t context) {
    // Sites are three words long, so those that stand side by side have slots of their own.
    return (reinterpret_cast<uintptr_t>(site) / 8 + context) % kEntries;
  }

  Entry entries_[kEntries] = {};
};

}  // namespace snag

#endif  // SNAG_CORE_CONTEXT_CACHE_H
